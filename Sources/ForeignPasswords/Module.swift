// ForeignPasswords: verification of the password hashes of other systems.
//
// A hash is read once into a typed value whose cost is within bounds: a value out of bounds does not
// exist, so nothing unbounded is ever run. bcrypt, SHA-crypt and yescrypt are those of libxcrypt, Argon2
// is that of libargon2, scrypt and PBKDF2 are those of OpenSSL. No hash of these kinds is ever made here
// but decoys.
// May import: Bytes, CArgon2, CCrypt, COpenSSL, Crypto.
// Begin with `ForeignHash.swift`.
