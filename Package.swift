// swift-tools-version: 6.2
import PackageDescription

/// What every module is compiled with.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// The modules that touch raw memory: every use of a pointer there says `unsafe`.
let strictWithC: [SwiftSetting] = strict + [.strictMemorySafety()]

/// Whether the fuzzers are built (`make fuzz`), which need no program of ours.
let fuzzes = Context.environment["LUNAUTH_FUZZ"] != nil

/// The daemon; for the fuzzers only what reads its configuration, exports of its record, and files of other systems.
let daemon: Target =
    fuzzes
    ? .target(
        name: "lunauth",
        dependencies: [
            "API", "Auth", "Bytes", "CPSL", "CYAML", "Crypto", "ForeignPasswords", "HTTP", "JSON",
            "System", "Mail", "PostgreSQLStore", "Server", "SQLiteStore", "Web",
            .product(name: "Logging", package: "swift-log"),
        ],
        path: "Sources/lunauth",
        sources: [
            "Configuration", "Audit/Event+Export.swift", "Audit/ExportEntry.swift",
            "LineReader.swift", "WallClock.swift",
            "Transfer/ImportReader.swift", "Transfer/ImportSystem.swift",
            "Transfer/LineSource.swift",
            "Transfer/Readers", "Transfer/TransferLine.swift",
            "Transfer/TransferLine+Decoding.swift", "Transfer/TransferMembers.swift",
        ],
        swiftSettings: strictWithC)
    : .executableTarget(
        name: "lunauth",
        dependencies: [
            "API", "Auth", "Bytes", "CPSL", "CYAML", "Crypto", "ForeignPasswords", "HTTP", "JSON",
            "System", "Mail", "Metrics", "Pages", "PostgreSQLStore", "Server", "SQLiteStore",
            "StoreSupport", "Web",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
            .product(name: "Logging", package: "swift-log"),
        ],
        swiftSettings: strictWithC)

/// The entry point that libFuzzer calls: linked with it alone.
let fuzzers: [Target] =
    fuzzes
    ? [
        .systemLibrary(name: "CFuzzer", path: "Tests/Fuzz/CFuzzer"),
        .executableTarget(
            name: "fuzz", dependencies: ["CFuzzer", "Fuzzing"], path: "Tests/Fuzz/Driver",
            swiftSettings: strictWithC),
    ] : []

let package = Package(
    name: "lunauth",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    ],
    targets: [
        .target(name: "CLinux", cSettings: [.define("_GNU_SOURCE")]),
        .systemLibrary(
            name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(
            name: "CCBOR", pkgConfig: "libcbor", providers: [.apt(["libcbor-dev"])]),
        .systemLibrary(
            name: "CCrypt", pkgConfig: "libcrypt", providers: [.apt(["libcrypt-dev"])]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(
            name: "CFIDO2", pkgConfig: "libfido2", providers: [.apt(["libfido2-dev"])]),
        .systemLibrary(
            name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        // Its headers alone: libpq is loaded when it is used, and never linked.
        .systemLibrary(name: "CPostgreSQL", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "CPSL", pkgConfig: "libpsl", providers: [.apt(["libpsl-dev"])]),
        .systemLibrary(
            name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        .target(name: "Bytes", swiftSettings: strictWithC),
        .target(name: "System", dependencies: ["CLinux"], swiftSettings: strictWithC),
        .target(name: "JSON", dependencies: ["Bytes"], swiftSettings: strictWithC),
        .target(name: "HTTP", dependencies: ["Bytes"], swiftSettings: strict),
        .target(name: "Metrics", swiftSettings: strict),
        .target(
            name: "Crypto", dependencies: ["Bytes", "COpenSSL", "JSON"], swiftSettings: strictWithC),
        .target(
            name: "ForeignPasswords",
            dependencies: ["Bytes", "CArgon2", "CCrypt", "COpenSSL", "Crypto"],
            swiftSettings: strictWithC),
        .target(name: "QRCode", dependencies: ["CQREncode"], swiftSettings: strictWithC),
        .target(
            name: "WebAuthn", dependencies: ["Bytes", "CCBOR", "CFIDO2", "Crypto", "JSON"],
            swiftSettings: strictWithC),
        .target(
            name: "Auth", dependencies: ["Bytes", "Crypto", "ForeignPasswords", "WebAuthn"],
            swiftSettings: strict),
        .target(
            name: "Mail", dependencies: ["Bytes", "JSON", "System"],
            resources: [.embedInCode("Templates")],
            swiftSettings: strict),
        .target(
            name: "StoreSupport",
            dependencies: ["Auth", "Bytes", "Crypto", "ForeignPasswords", "Metrics", "System"],
            swiftSettings: strict),
        .target(
            name: "SQLiteStore",
            dependencies: [
                "Auth", "Crypto", "CSQLite", "ForeignPasswords", "StoreSupport", "System",
            ],
            swiftSettings: strictWithC),
        .target(
            name: "PostgreSQLStore",
            dependencies: [
                "Auth", "Bytes", "CPostgreSQL", "Crypto", "ForeignPasswords", "Metrics",
                "StoreSupport", "System",
            ],
            swiftSettings: strictWithC),
        .target(
            name: "Web",
            dependencies: [
                "Auth", "Bytes", "Crypto", "HTTP", "JSON", "Metrics",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .target(
            name: "API",
            dependencies: ["Auth", "Bytes", "Crypto", "HTTP", "JSON", "Metrics", "QRCode", "Web"],
            swiftSettings: strict),
        .target(
            name: "Pages",
            dependencies: ["Auth", "Bytes", "CZlib", "Crypto", "HTTP", "QRCode", "Web"],
            swiftSettings: strictWithC),
        .target(
            name: "Server", dependencies: ["Bytes", "CLinux", "HTTP", "System", "Metrics"],
            swiftSettings: strictWithC),
        daemon,
        .executableTarget(
            name: "lunauth-mailer", dependencies: ["Bytes", "CCurl", "JSON", "System", "Mail"],
            swiftSettings: strictWithC),

        .executableTarget(
            name: "derivation-benchmark", dependencies: ["Crypto", "System"],
            path: "Benchmarks/Derivation", swiftSettings: strict),

        .target(
            name: "CTestSupport", path: "Tests/CTestSupport",
            cSettings: [.define("_GNU_SOURCE")]),
        .target(
            name: "TestSupport",
            dependencies: [
                "Auth", "COpenSSL", "CTestSupport", "Crypto", "ForeignPasswords", "HTTP", "System",
            ],
            path: "Tests/Support", exclude: ["PostgreSQL/serve"], swiftSettings: strict),
        .target(
            name: "Fuzzing",
            dependencies: [
                "API", "Auth", "Bytes", "CCBOR", "Crypto", "ForeignPasswords", "HTTP", "JSON",
                "Mail",
                "Pages", "QRCode", "Server", "TestSupport", "Web", "WebAuthn", "lunauth",
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/Fuzz/Harnesses", swiftSettings: strict),
        .testTarget(
            name: "SystemTests", dependencies: ["System", "TestSupport"],
            path: "Tests/Unit/System", swiftSettings: strict),
        .testTarget(
            name: "MetricsTests", dependencies: ["Metrics"], path: "Tests/Unit/Metrics",
            swiftSettings: strict),
        .testTarget(
            name: "BytesTests", dependencies: ["Bytes"], path: "Tests/Unit/Bytes",
            swiftSettings: strict),
        .testTarget(
            name: "JSONTests", dependencies: ["JSON"], path: "Tests/Unit/JSON",
            swiftSettings: strict),
        .testTarget(
            name: "HTTPTests", dependencies: ["HTTP", "TestSupport"], path: "Tests/Unit/HTTP",
            swiftSettings: strict),
        .testTarget(
            name: "CryptoTests",
            dependencies: ["Bytes", "COpenSSL", "Crypto", "JSON", "TestSupport"],
            path: "Tests/Unit/Crypto", swiftSettings: strict),
        .testTarget(
            name: "ForeignPasswordsTests", dependencies: ["ForeignPasswords"],
            path: "Tests/Unit/ForeignPasswords", swiftSettings: strict),
        .testTarget(
            name: "QRCodeTests", dependencies: ["QRCode"], path: "Tests/Unit/QRCode",
            swiftSettings: strict),
        .testTarget(
            name: "WebAuthnTests",
            dependencies: ["COpenSSL", "Crypto", "JSON", "WebAuthn"],
            path: "Tests/Unit/WebAuthn", swiftSettings: strictWithC),
        .testTarget(
            name: "AuthTests", dependencies: ["Auth", "Crypto", "ForeignPasswords", "TestSupport"],
            path: "Tests/Unit/Auth", swiftSettings: strict),
        .testTarget(
            name: "MailTests", dependencies: ["Mail", "lunauth-mailer"], path: "Tests/Unit/Mail",
            swiftSettings: strict),
        .testTarget(
            name: "StoreSupportTests",
            dependencies: ["StoreSupport", "Auth", "Crypto", "System", "TestSupport"],
            path: "Tests/Unit/StoreSupport", swiftSettings: strict),
        .testTarget(
            name: "SQLiteStoreTests",
            dependencies: [
                "SQLiteStore", "StoreSupport", "Auth", "Crypto", "CSQLite", "ForeignPasswords",
                "System",
                "Metrics", "TestSupport",
            ], path: "Tests/Unit/SQLiteStore", swiftSettings: strict),
        .testTarget(
            name: "StoreConformanceTests",
            dependencies: [
                "Auth", "Crypto", "PostgreSQLStore", "SQLiteStore", "StoreSupport", "TestSupport",
            ],
            path: "Tests/Unit/StoreConformance", swiftSettings: strict),
        .testTarget(
            name: "PostgreSQLStoreTests",
            dependencies: [
                "PostgreSQLStore", "StoreSupport", "Auth", "Crypto", "Metrics", "System",
                "TestSupport",
            ], path: "Tests/Unit/PostgreSQLStore", swiftSettings: strict),
        .testTarget(
            name: "WebTests",
            dependencies: ["Auth", "Bytes", "Crypto", "HTTP", "JSON", "TestSupport", "Web"],
            path: "Tests/Unit/Web", swiftSettings: strict),
        .testTarget(
            name: "APITests",
            dependencies: [
                "API", "Auth", "Crypto", "HTTP", "JSON", "Metrics", "Pages", "TestSupport", "Web",
                .product(name: "Logging", package: "swift-log"),
            ], path: "Tests/Unit/API", swiftSettings: strict),
        .testTarget(
            name: "PagesTests",
            dependencies: [
                "Auth", "Bytes", "CZlib", "Crypto", "HTTP", "Pages", "TestSupport", "Web",
            ],
            path: "Tests/Unit/Pages", swiftSettings: strictWithC),
        .testTarget(
            name: "ServerTests",
            dependencies: ["Bytes", "Server", "HTTP", "System", "Metrics", "TestSupport"],
            path: "Tests/Unit/Server", swiftSettings: strict),
        .testTarget(
            name: "FuzzingTests", dependencies: ["Fuzzing"], path: "Tests/Fuzz/Tests",
            swiftSettings: strict),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "API", "Auth", "CLinux", "Crypto", "HTTP", "Pages", "System", "Server",
                "SQLiteStore", "StoreSupport", "TestSupport", "Web",
                .product(name: "Logging", package: "swift-log"),
            ], path: "Tests/Simulation", swiftSettings: strict),
        .testTarget(
            name: "LunauthTests",
            dependencies: [
                "lunauth", "lunauth-mailer", "API", "Auth", "Crypto", "ForeignPasswords", "HTTP",
                "JSON", "System", "Mail", "Metrics", "Pages", "PostgreSQLStore", "Server",
                "TestSupport", "Web",
                .product(name: "Logging", package: "swift-log"),
            ], path: "Tests/Unit/lunauth", swiftSettings: strict),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["lunauth", "lunauth-mailer", "Mail", "TestSupport"],
            path: "Tests/EndToEnd", swiftSettings: strict),
    ] + fuzzers,
    swiftLanguageModes: [.v6]
)
