//! A server that answers every request of the Management API with the same text.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use pulumi_rs_sdk::testing::Client;

use crate::engine;

/// The server; it lives as long as the process.
pub struct Liar {
    domain: String,
}

impl Liar {
    pub fn start(answer: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a port");
        let domain = format!("http://{}", listener.local_addr().expect("it has an address"));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                thread::spawn(move || serve(stream, answer));
            }
        });
        Liar { domain }
    }

    /// A provider that is configured for it.
    pub async fn engine(&self) -> Client {
        engine::configured([("domain", self.domain.as_str()), ("apiToken", "t")]).await
    }
}

fn serve(stream: TcpStream, answer: &str) {
    let mut reader = BufReader::new(&stream);
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        if reader.read_exact(&mut body).is_err() {
            return;
        }
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json";
        let text = format!("{head}\r\ncontent-length: {}\r\n\r\n{answer}", answer.len());
        if (&stream).write_all(text.as_bytes()).is_err() {
            return;
        }
    }
}
