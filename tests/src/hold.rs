//! A way to the tenant on which an answer can be held back.

use std::{
    fs,
    io::{self, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
};

use crate::{Request, Stack, Tenant, operation::wait_until};

/// A proxy before a tenant: requests pass, and the answers to one kind of them wait until released.
#[derive(Debug)]
pub struct Hold {
    url: String,
    held: String,
    gate: Arc<Gate>,
}

#[derive(Debug, Default)]
struct Gate {
    open: Mutex<bool>,
    opened: Condvar,
}

impl Hold {
    /// Leads the stack to the tenant, and holds the answers to requests like `POST /api/v2/clients`.
    pub fn between(stack: &mut Stack, tenant: &Tenant, held: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a listener has an address");
        let url = format!("http://{address}");
        let to = tenant.url().trim_start_matches("http://").to_owned();
        let hold = Self { url, held: held.to_owned(), gate: Arc::default() };
        let (line, gate) = (format!("{held} "), hold.gate.clone());
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let server = TcpStream::connect(&to).expect("the tenant to listen");
                connect(client, server, &line, &gate).expect("sockets to be cloned");
            }
        });
        stack.set_env("AUTH0_DOMAIN", Some(&hold.url));
        stack.set_env("AUTH0_AUDIENCE", Some(&format!("{}/api/v2/", tenant.url())));
        hold
    }

    /// Waits until the tenant has carried out a request whose answer is held now.
    #[track_caller]
    pub fn wait(&self, tenant: &Tenant) -> Request {
        let held = || tenant.requests().into_iter().find(|request| request.line() == self.held);
        wait_until(held, || format!("{} did not come", self.held))
    }

    /// Waits until no process is left that was told of the way through here.
    #[track_caller]
    pub fn wait_until_unused(&self) {
        let told = format!("AUTH0_DOMAIN={}\0", self.url);
        let is_told = |process: &fs::DirEntry| {
            // One that has ended meanwhile, or is somebody else's, cannot be looked into.
            let environment = fs::read(process.path().join("environ")).unwrap_or_default();
            String::from_utf8_lossy(&environment).contains(&told)
        };
        let unused = || {
            let mut processes = fs::read_dir("/proc").expect("Linux").flatten();
            (!processes.any(|process| is_told(&process))).then_some(())
        };
        wait_until(unused, || format!("a process still goes to {}", self.url));
    }

    /// Lets the answers through, those to come too.
    pub fn release(&self) {
        *self.gate.open.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.gate.opened.notify_all();
    }
}

impl Gate {
    fn pass(&self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        while !*open {
            open = self.opened.wait(open).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Carries both ways; a connection on which a request begins with `line` gives no answer until the gate opens.
fn connect(client: TcpStream, server: TcpStream, line: &str, gate: &Arc<Gate>) -> io::Result<()> {
    let is_held = Arc::new(Mutex::new(false));
    let (line, asked) = (line.to_owned(), is_held.clone());
    let (from, to) = (client.try_clone()?, server.try_clone()?);
    thread::spawn(move || {
        carry(from, to, |bytes| {
            if bytes.starts_with(line.as_bytes()) {
                *asked.lock().unwrap_or_else(PoisonError::into_inner) = true;
            }
        });
    });
    let gate = gate.clone();
    thread::spawn(move || {
        carry(server, client, |_| {
            if *is_held.lock().unwrap_or_else(PoisonError::into_inner) {
                gate.pass();
            }
        });
    });
    Ok(())
}

fn carry(mut from: TcpStream, mut to: TcpStream, before: impl Fn(&[u8])) {
    let mut buffer = [0; 16 * 1024];
    loop {
        match from.read(&mut buffer) {
            Ok(read) if read > 0 => {
                before(&buffer[..read]);
                if to.write_all(&buffer[..read]).is_err() {
                    break;
                }
            }
            _ => break,
        }
    }
    // Failing means that it is closed already.
    let _ = to.shutdown(Shutdown::Write);
}
