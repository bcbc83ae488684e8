//! A tenant behind what companies put in between: proxies, and certificates of their own.

mod certificates;
mod proxy;
mod route;
