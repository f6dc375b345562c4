import Suima
import SuimaModels
import SwiftUI

/// What waits for upload, and what people have to look into.
struct UploadScreen: View {
    @ObservedObject var sampling: Watched<SamplingModel>
    let settings: Watched<SuimaModels.Settings>

    private var state: SamplingState { sampling.state }

    var body: some View {
        List {
            BannerBar(state.banner) { Task { await sampling.model.upload() } }
            if let status = state.status {
                Section {
                    Line(.waitingUpload, "\(status.waiting)")
                    if let asOf = status.asOf {
                        Line(.asOf, Moments.minute(asOf))
                    }
                    WordButton(.upload) { Task { await sampling.model.upload() } }.disabled(state.working)
                    WordButton(.sync) { Task { await sampling.model.sync() } }.disabled(state.working)
                    if state.working {
                        WordButton(.cancel) { sampling.model.cancel() }
                    }
                }
                if !status.conflicts.isEmpty || !status.notInRegister.isEmpty {
                    Section {
                        ForEach(status.conflicts, id: \.self) { conflict in
                            EntryLine(
                                word: Word(conflict.kind), at: conflict.at, barcode: conflict.barcode,
                                name: conflict.name)
                        }
                        ForEach(status.notInRegister, id: \.self) { found in
                            EntryLine(
                                word: .notInRegister, at: found.at, barcode: found.barcode, name: found.name)
                        }
                    } header: {
                        Say(.conflicts)
                    }
                }
            }
            SettingsSection(settings: settings)
        }
        .task { await sampling.model.load() }
    }
}

/// An entry that somebody has to look into.
private struct EntryLine: View {
    let word: Word
    let at: Date
    let barcode: String?
    let name: String?

    var body: some View {
        VStack(alignment: .leading) {
            Say(word).font(.headline)
            HStack {
                Text(verbatim: Moments.minute(at))
                if let barcode {
                    Text(verbatim: barcode)
                }
                if let name {
                    Text(verbatim: name)
                }
            }
            .foregroundStyle(.secondary)
        }
        .accessibilityElement(children: .combine)
    }
}
