//! A proxy on loopback, which leads every host to one address.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::{io, thread};

/// The proxy. It runs until the process ends.
pub struct Proxy {
    /// Its host and port.
    pub address: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// One that connects to `target`, whatever the host.
    pub fn to(target: &str) -> Proxy {
        let target = target.to_owned();
        Proxy::start(move |client| {
            let target = TcpStream::connect(&target)?;
            (&client).write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
            tunnel(client, target)
        })
    }

    /// One that speaks SOCKS, and connects to `target`, whatever the host.
    pub fn socks_to(target: &str) -> Proxy {
        let target = target.to_owned();
        Proxy::listen(read_socks, move |client| {
            // Done, from nowhere in particular.
            (&client).write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
            tunnel(client, TcpStream::connect(&target)?)
        })
    }

    /// One that answers with a status, and connects to nobody.
    pub fn that_answers(status: &'static str) -> Proxy {
        Proxy::start(move |mut client| {
            write!(client, "HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n")?;
            client.shutdown(Shutdown::Write)
        })
    }

    fn start(answer: impl Fn(TcpStream) -> io::Result<()> + Send + Sync + 'static) -> Proxy {
        Proxy::listen(read_head, answer)
    }

    fn listen(
        read: fn(&TcpStream) -> io::Result<String>,
        answer: impl Fn(TcpStream) -> io::Result<()> + Send + Sync + 'static,
    ) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("it listens").to_string();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (heads, answer) = (seen.clone(), Arc::new(answer));
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let (heads, answer) = (heads.clone(), answer.clone());
                thread::spawn(move || {
                    let head = read(&client)?;
                    heads.lock().expect("no test panics with it").push(head);
                    answer(client)
                });
            }
        });
        Proxy { address, seen }
    }

    /// The heads of the requests so far.
    pub fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("no test panics with it").clone()
    }
}

fn read_head(client: &TcpStream) -> io::Result<String> {
    // One byte at a time: what follows the head is the client's business with somebody else.
    let mut client = BufReader::with_capacity(1, client);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if client.read_line(&mut head)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(head)
}

/// The host that a client of SOCKS 5 without a password asks for by name, and its port.
fn read_socks(mut client: &TcpStream) -> io::Result<String> {
    let mut greeting = [0; 2];
    client.read_exact(&mut greeting)?;
    client.read_exact(&mut vec![0; greeting[1].into()])?;
    client.write_all(&[5, 0])?;
    let mut request = [0; 5];
    client.read_exact(&mut request)?;
    assert_eq!(request[..4], [5, 1, 0, 3], "it connects to a name");
    let mut host = vec![0; request[4].into()];
    client.read_exact(&mut host)?;
    let mut port = [0; 2];
    client.read_exact(&mut port)?;
    Ok(format!("{}:{}", String::from_utf8_lossy(&host), u16::from_be_bytes(port)))
}

fn tunnel(client: TcpStream, target: TcpStream) -> io::Result<()> {
    let back = (target.try_clone()?, client.try_clone()?);
    thread::spawn(move || copy(back.0, back.1));
    copy(client, target)
}

fn copy(mut from: impl Read, mut to: TcpStream) -> io::Result<()> {
    io::copy(&mut from, &mut to)?;
    to.shutdown(Shutdown::Write)
}
