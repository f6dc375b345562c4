import com.android.build.api.variant.BuildConfigField
import com.android.build.api.variant.HostTestBuilder

plugins {
    alias(libs.plugins.android.application)
    alias(libs.plugins.compose.compiler)
}

android {
    namespace = "app.suima.app"
    compileSdk = 36

    defaultConfig {
        applicationId = "app.suima"
        minSdk = 26
        targetSdk = 36
        versionCode = 1
        versionName = "0.1.0"
        ndk {
            abiFilters += listOf("arm64-v8a", "armeabi-v7a", "x86_64")
        }
    }

    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"))
        }
    }

    buildFeatures {
        buildConfig = true
        compose = true
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
}

androidComponents {
    // The tests run on a JVM, by the poms: `cargo xtask kotlin`.
    beforeVariants { variant ->
        variant.hostTests[HostTestBuilder.UNIT_TEST_TYPE]?.enable = false
    }

    // Whose codes this app shows: an app belongs to one issuer, and pins its roots. There is no default.
    onVariants { variant ->
        for ((field, property) in ISSUER) {
            val value = providers.gradleProperty(property)
            variant.buildConfigFields?.put(field, value.map { BuildConfigField("String", "\"$it\"", property) })
        }
    }
}

dependencies {
    implementation(project(":sdk"))
    implementation(libs.activity.compose)
    implementation(libs.compose.foundation)
    implementation(libs.compose.material.icons)
    implementation(libs.compose.material3)
    implementation(libs.compose.ui)
    implementation(libs.zxing.core)
}

val ISSUER: Map<String, String>
    get() = mapOf(
        "ISSUER_URL" to "suima.issuer",
        "ROOT_HOT" to "suima.root.hot",
        "ROOT_COLD" to "suima.root.cold",
    )
