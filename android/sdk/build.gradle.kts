import com.android.build.api.variant.HostTestBuilder

plugins {
    alias(libs.plugins.android.library)
    `maven-publish`
}

group = "app.suima"
version = "0.1.0"

android {
    namespace = "app.suima.android"
    compileSdk = 36

    defaultConfig {
        minSdk = 26
        consumerProguardFiles("consumer-rules.pro")
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }

    // `cargo xtask bindings` and `cargo xtask android` make the two below target.
    sourceSets.getByName("main") {
        kotlin.directories += "../../target/bindings/kotlin"
        kotlin.directories += "../../bindings/kotlin/src/main/kotlin"
        jniLibs.directories += "../../target/android/jniLibs"
    }

    publishing {
        singleVariant("release") {
            withSourcesJar()
        }
    }
}

kotlin {
    compilerOptions {
        allWarningsAsErrors = true
    }
}

androidComponents {
    // The tests run on a JVM, by pom.xml: `cargo xtask kotlin`.
    beforeVariants { variant ->
        variant.hostTests[HostTestBuilder.UNIT_TEST_TYPE]?.enable = false
    }
}

dependencies {
    // The AAR, for its libjnidispatch.so; a jar would bring those of desktops.
    api("net.java.dev.jna:jna:${libs.versions.jna.get()}@aar")
    api(libs.coroutines.android)
}

publishing {
    publications {
        register<MavenPublication>("release") {
            artifactId = "suima-android"
            afterEvaluate { from(components["release"]) }
            pom {
                name = "Suima for Android"
                description = "Codes that are shown, scanned and decided with no network: the core, its Kotlin bindings and its Android ports."
                licenses {
                    license {
                        name = "MIT OR Apache-2.0"
                    }
                }
            }
        }
    }
}
