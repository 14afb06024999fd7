import Testing

/// Hashes that other libraries made of `password`.
enum Vectors {
    /// With a letter outside of ASCII, composed.
    static let password = "correct horse b\u{E4}ttery"
    /// The same to a reader, in other bytes.
    static let decomposed = "correct horse ba\u{308}ttery"

    /// A hash, by the library that made it and the name of its form here.
    struct Vector: Sendable, CustomTestStringConvertible {
        let library: String
        let form: String
        let text: String

        var testDescription: String { "\(form) of \(library)" }
    }

    /// Made by bcrypt 5.0, argon2-cffi 25.1, libpass 1.9, Django 5.2 and libxcrypt 4.4.
    static let all = [
        Vector(
            library: "bcrypt", form: "bcrypt",
            text: "$2b$05$.d7i8iCPjjT1HaqrcFGMn.zEGx.e1pNDnd0lvrugyYD2PCpT7TYLq"),
        Vector(
            library: "bcrypt", form: "bcrypt",
            text: "$2a$04$qmXCEe.x2BLupwh2GrhK4exkjkPjg55QqAephuuRDsKcewjB6yRNO"),
        Vector(
            library: "libpass", form: "bcrypt",
            text: "$2y$04$FuMKW8WGgpkYArEI2F.Ya.v.X8c6HBJi5IqQ94rbd1c6hV0psk8nG"),
        Vector(
            library: "libpass", form: "bcrypt-sha256",
            text: "$bcrypt-sha256$v=2,t=2b,r=4$m45QOHzzPh1AFDyCO6ceOO$LNxkcoR9LMdX5RW76MBy2ISwB"
                + "I7SHWm"),
        Vector(
            library: "argon2-cffi", form: "argon2id",
            text: "$argon2id$v=19$m=1024,t=2,p=2$jQ/tZ0XXQQ09fGPhS76+aQ$uCHCIs21MDGgFqncZOritat"
                + "R2tVHBmcGNxwiz1agyOM"),
        Vector(
            library: "argon2-cffi", form: "argon2i",
            text: "$argon2i$v=19$m=512,t=2,p=1$TFqL27uYBxyYuOJ0O2JH8A$5mpduZG9LBREZMxl3GDJKHuW3"
                + "q64d/QqKH/Qhi+0dU0"),
        Vector(
            library: "libpass", form: "scrypt",
            text: "$scrypt$ln=6,r=8,p=1$kHIOodTa2xvDOMd4TwlBCA$Dlj/fAWu0PtiHndmd0nnUCim82h5cXHf"
                + "lyLVbC1RC5c"),
        Vector(
            library: "libpass", form: "pbkdf2-sha1",
            text: "$pbkdf2$1000$ztmbkxJiTKm1di7lPEco5Q$cAn4GJ2H5Q70MhDgd0aY8Uzude0"),
        Vector(
            library: "libpass", form: "pbkdf2-sha256",
            text: "$pbkdf2-sha256$1000$PYew9h7jfO.d05qzlpKydg$4ThdzHGgvbOwIdSBA7jGpbzTiKxc.RKbp"
                + "juRgsUPXxM"),
        Vector(
            library: "libpass", form: "pbkdf2-sha512",
            text: "$pbkdf2-sha512$1000$0fqf8x4DoJSSMoYwRqiVUg$9n1YqMB1pozFGxnCYGB6xfc/hzCMmcVz."
                + "UAdRomn86OQUp/Q3IG6IwdA0qd2aqmbw9HvCZxs/Uy9q7iCuEODKg"),
        Vector(
            library: "libpass", form: "sha512-crypt",
            text: "$6$rounds=1000$Q3pUykvSxC/LGwdi$cC.3vZiuWjelHiB9nIarSDCJCQEt4Vf5t59VCtuuIdp2"
                + "svp6LCy/fOgzk5yBNWorEAMX0RXub/qvr0/J5v/kV1"),
        Vector(
            library: "libpass", form: "sha512-crypt",
            text: "$6$Z4egvt34ldppVFbC$xU8e4nX4YFfrS9fLcZ2OhSo91OKVJuP0hZWTvWLIvBq8QiN.fBnKuR6j"
                + "pN743r66YqjrovYUqPLKlTfwSrWYD1"),
        Vector(
            library: "libpass", form: "sha256-crypt",
            text: "$5$rounds=1000$8P2pW3NvEDp9P6fC$48iggVWoicKDad3aU5qv/xla1YBDArKh2ibAG0aSRh3"),
        Vector(
            library: "libxcrypt", form: "yescrypt",
            text: "$y$j75$gx2lrvBifXDFE9gMP0TrD1$zDn2Mdv90vEN98EbqRLZm0whABSrWDSO.8vpKfvi5x9"),
        Vector(
            library: "django", form: "pbkdf2-sha256",
            text: "pbkdf2_sha256$1000$Ab3dE5gH7jK9$D8MfmPBwTus1WdX7VHGTRV7NnyqKdDtldoZ/WAVrD3M="),
        Vector(
            library: "django", form: "pbkdf2-sha1",
            text: "pbkdf2_sha1$1000$Ab3dE5gH7jK9$4gUjAl+UZ5wZ7tqKPtwWJF9vZbM="),
        Vector(
            library: "django", form: "argon2id",
            text: "argon2$argon2id$v=19$m=1024,t=1,p=1$QWIzZEU1Z0g3aks5$hnDxUySWrCpaFCqMQM1wP8S"
                + "n5GAy13pkesD1alBPyaw"),
        Vector(
            library: "django", form: "django-bcrypt-sha256",
            text: "bcrypt_sha256$$2b$04$Yycut27djxKiJ2Jcq96dtuhpSUhf2Hq5RMF71Iilgr6gKNcY8KmFW"),
        Vector(
            library: "django", form: "bcrypt",
            text: "bcrypt$$2b$04$scU9tKFoQJ5c2eS7EKXsmek2cb4AHpOU8Q0.ZhTwBtQPGwe/S6jfC"),
        Vector(
            library: "django", form: "scrypt",
            text: "scrypt$1024$Ab3dE5gH7jK9$8$5$85NTZpRxYxndcNfhNiDJmWba6yrHESE09wQXrW0ypLYHHmy"
                + "kGa3N5WkMttiZk9eDOC9/JOz6U/TELiM+hPqtlw=="),
    ]

    /// SHA-512-crypt of 256 times `x`, by libpass.
    static let sha512CryptOf256 =
        "$6$rounds=1000$JrEZMiANKrdxrTWr$RZWS8prFRSpbTVDmayL54OKLtKBaqoO9DUK3tR7WbZF3gUUrcMQGcd7"
        + "WhJzQ.OBzr1ArfLA0UiC5shWHF/edR/"
    /// SHA-512-crypt of 257 times `x`, by libpass.
    static let sha512CryptOf257 =
        "$6$rounds=1000$9CjZdbtzDoGbmgcX$SP00fpRevHG6BpjJrDgzdS7pI4M8H.JLvQx6hIC61Z1jqHqUw8R1k/s"
        + "la8OLcocEA5aiFWrrRmKt9mYw3AMzH/"

    /// bcrypt of 72 times `x`.
    static let bcryptOf72 = "$2b$04$Oo3V.XVEMOQSfTUJ/G/6a.spUHuMjqatCeSVEGIiOYS56vnZTy5ZS"
}
