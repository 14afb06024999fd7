/// Certificates for test servers, created in Python when they start, in their home.
enum Certificates {
    /// Defines `tls(host)`: a TLS context for a server with a certificate for that host.
    ///
    /// The certificate of the authority that signed it is in `ca.pem`; it is not trusted otherwise.
    static let script = """
        import datetime, ipaddress, os, ssl
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec

        def certificate(name, key, issuer, issuer_key, extension):
            now = datetime.datetime.now(datetime.timezone.utc)
            day = datetime.timedelta(days=1)
            subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
            builder = x509.CertificateBuilder().subject_name(subject).issuer_name(
                subject if issuer is None else issuer.subject).public_key(key.public_key())
            builder = builder.serial_number(x509.random_serial_number())
            builder = builder.not_valid_before(now - day).not_valid_after(now + day)
            return builder.add_extension(extension, critical=False).sign(issuer_key, hashes.SHA256())

        def pem(certificate):
            return certificate.public_bytes(serialization.Encoding.PEM)

        def tls(host):
            authority_key = ec.generate_private_key(ec.SECP256R1())
            authority = certificate(
                f"authority {os.getpid()}", authority_key, None, authority_key, x509.BasicConstraints(True, None))
            key = ec.generate_private_key(ec.SECP256R1())
            name = (x509.IPAddress(ipaddress.ip_address(host)) if host[0].isdigit()
                else x509.DNSName(host))
            server = certificate(
                host, key, authority, authority_key, x509.SubjectAlternativeName([name]))
            open("ca.pem", "wb").write(pem(authority))
            open("server.pem", "wb").write(pem(server) + key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption()))
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain("server.pem")
            return context

        """
}
