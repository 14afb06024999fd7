@testable import WebAuthn

/// Private keys of test authenticators, in DER and Base64url; made for these tests with `openssl genpkey`.
enum AuthenticatorKeyText {
    /// The key of an algorithm.
    static func text(of algorithm: PublicKey.Algorithm) -> String {
        switch algorithm {
        case .es256: es256
        case .edDSA: edDSA
        case .rs256: rs256
        }
    }

    private static let es256 = """
        MHcCAQEEIJlZ4VO9Qq5Mm_6bbH9Z7TnJyf3GWJnDfWw1QRzXryqpoAoGCCqGSM49AwEHoUQDQgAEvYwt
        NTUSzYsi_D4VVWKO8RcxcFNbpTZejOyGGVNFs3FuITd59wrFOizstbUGAh_eK1KrsSxVmPz4nman_Wfh
        -g
        """

    private static let edDSA = """
        MC4CAQAwBQYDK2VwBCIEIP_7GvQNBn030o7_XkGE8hyDz2TxOaj7aTb5t794Etgs
        """

    private static let rs256 = """
        MIIEowIBAAKCAQEAv31IE--n1XfSXr03XcKFLu-LVTsB1dohczGitTYhWxuE3LPPEemT-AwzvuRPekqQ
        dEMPo54Bz3g7tTCRaUWS3N-mEojc7rtqsLY4pQ0DZSU1310LfbdtWwodBRGKxlDqo51ZcGUYxPgl4ef1
        9DLeqr_wZ1F4MDF3APZXYo_2AgA9zNF94p46Dt0JXrmEtbeHVW2ENyvi8jxZ5XVSRd7snTLKi-H9_p2X
        93Fho_oxg8bnzxCP9X3traGbGQDt2Pl1VMl9FWeVIamw9bMP2Ao7SDICNTXDsUrHj-k7k8DiuR5aYvaC
        ZDNcaFOyMiL-rQIMnsJbJ7ApHZI0aIe93ynLNQIDAQABAoIBACVgtoeRsbCU9X7hr2OBW07omkl2Par5
        K6tZJnn5yXQHwJz2CjbkYao684TQ-wSTdnQDPRPCfXb6cKkzBEdIudycWUXn6jw9YBuDTjZFfoKpS0VA
        28Pb4KAzLqv1GyIP3GU4iyNJ0JZuG7LnfNaAcX9h_PKl7_B0T1bkPvVxxWLpQ2G51CFg6PkvZYLNSzvL
        nXpBsFhxu-m8XrTgibP3JwN4BjcVTiclt7Zrq0XxRx4yUBY5w05E-Izndm0TM_7STvGUTwmAeZvEhC7S
        b4a5LyYu4-eifj1y9o3PjR2X1omK6AWsMfD7G1OVIFGWYDUEtHHGEjeQDAojeh0we51K-AECgYEA8bx6
        bp9auNF7iV1aFYXtpkYZeYbNPe5dCcLnLMfb6N4RY4dmXB923qqX4Xbo3YqQcfe4zoFPKD-loR1for8D
        VLa3DGNiqD4kWmm7SA1_VPWz48oWKJLnfLvo-W9anul_4kDnRen3rSJRHVUwFtt2KSSPDcuFRL_Ldg3K
        _I_uLzUCgYEAysnN9lBhbOLM5ia39JpiUrBjqzr4JbssjzeNfAXasQF1Zd_rzaX12RYHpNNGKGNyRQq0
        taLicKmWxUVzYpMdyQxkQX3UExOGx6gAf6K-u4zBiVxRG4FNP9OCNLs_sI6fP5ksypE0pPaxzl9cgvOZ
        IIiWqRxx5tBkpqrP80X0rAECgYB3QC19qOsORXkV2JF6EKmd3vLuOovBQ3duO1Hji2x2wiX93WungnYX
        fjySoyBZOePr9PKcHLo59rv0cRMeq_AuuDwwxk6DBLTWTVZwQwhPly3471ZjCaVcqS5S7pXb0wCdUrtE
        iBkAte8h80ZX4Ee4ICrZ-U5zDdKHGGLMmQw9CQKBgH5XcrG2bKyJNT1i_BMyKHX6HW6uI7JmRiHIa6bM
        gu7qyLi65M_QSTaCKir_0mMRaj0nqWTM4aVtk1i-p1_P5qu-w6ul-H4WGU_FFOJwg8KXtHCfCo1HZtiQ
        LzwpOUoH4aGfDi_6fcEVTbwU369ak5mYX71m0nQKe9r26u5XNFQBAoGBAMoWVHuDY11zvguU5FJprcoF
        SLZmi9zTQ7vV2fVoTnEMBZVQkKHesmE3BNkwcDehNVdd4EVfPMumszficFlrCByCusCo5Ahkk_h2VA67
        tAe5X88lPlADZE0HBawrfEmiEu2Q-VGlWDYa4dLrlpq4qTT_gibVaP3KgT0tO12jBi1F
        """
}
