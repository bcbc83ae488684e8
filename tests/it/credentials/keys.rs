//! Keys of applications, made once for all tests.

use std::sync::LazyLock;

use rsa::RsaPrivateKey;
use rsa::pkcs8::{EncodePrivateKey, EncodePublicKey, LineEnding};

/// The two halves of a key, in PEM.
pub struct Key {
    pub private: String,
    pub public: String,
}

/// One of two keys.
pub fn key(which: usize) -> &'static Key {
    static KEYS: LazyLock<[Key; 2]> = LazyLock::new(|| [(); 2].map(|()| Key::make()));
    &KEYS[which]
}

impl Key {
    fn make() -> Key {
        let key = RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).expect("a usual size");
        let public = key.to_public_key().to_public_key_pem(LineEnding::LF);
        let private = key.to_pkcs8_pem(LineEnding::LF);
        Key {
            private: private.expect("a key can be written").to_string(),
            public: public.expect("a key can be written"),
        }
    }

    /// Whether a text holds any line of the private half.
    pub fn is_in(&self, text: &str) -> bool {
        self.private.lines().filter(|line| !line.starts_with('-')).any(|line| text.contains(line))
    }
}
