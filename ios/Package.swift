// swift-tools-version: 6.0
import PackageDescription

// The links in Sources/suimaFFI, Sources/SuimaCore and Frameworks lead to what `cargo xtask bindings` and
// `cargo xtask ios` make.
#if os(macOS)
    // The library for phones and simulators, and its C header.
    let library = Target.binaryTarget(name: "suimaFFI", path: "Frameworks/suimaFFI.xcframework")
#else
    // The C header of the shared library.
    let library = Target.systemLibrary(name: "suimaFFI")
#endif

let package = Package(
    name: "Suima",
    platforms: [.iOS(.v16), .macOS(.v13)],
    products: [
        .library(name: "Suima", targets: ["Suima"]),
        .library(name: "SuimaModels", targets: ["SuimaModels"]),
    ],
    targets: [
        library,
        // The generated Swift, as it comes.
        .target(
            name: "SuimaCore",
            dependencies: ["suimaFFI"],
            linkerSettings: [.linkedLibrary("suima", .when(platforms: [.linux]))]
        ),
        // What is added to it by hand.
        .target(name: "Suima", dependencies: ["SuimaCore"]),
        // What the screens are drawn from: Foundation alone.
        .target(name: "SuimaModels", dependencies: ["Suima"]),
        // The program of bindings/README.md.
        .executableTarget(name: "FirstCode", dependencies: ["Suima"]),
        // A city, and ports that misbehave, for every test.
        .target(
            name: "SuimaTestSupport", dependencies: ["Suima", "libcrypto"], path: "Tests/SuimaTestSupport"),
        // A phone or a station that is killed.
        .executableTarget(
            name: "KilledDevice", dependencies: ["Suima", "SuimaTestSupport"], path: "Tests/KilledDevice"),
        // What calls cost.
        .executableTarget(
            name: "CallCosts", dependencies: ["Suima", "suimaFFI", "SuimaTestSupport"], path: "Tests/CallCosts"),
        // OpenSSL, for the P-256 keys of tests.
        .systemLibrary(name: "libcrypto", path: "Tests/libcrypto", providers: [.apt(["libssl-dev"])]),
        .testTarget(
            name: "SuimaTests",
            dependencies: ["Suima", "suimaFFI", "SuimaTestSupport", "FirstCode", "KilledDevice"]),
        .testTarget(name: "SuimaModelsTests", dependencies: ["SuimaModels", "SuimaTestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)
