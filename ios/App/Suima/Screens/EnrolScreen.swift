import SuimaModels
import SwiftUI

/// Takes an activation code, and asks before it ends an earlier phone.
struct EnrolScreen: View {
    @ObservedObject var enrol: Watched<EnrolModel>
    let settings: Watched<SuimaModels.Settings>
    @State private var code = ""

    private var asks: Binding<Bool> {
        enrol.binding {
            $0.question != nil
        } set: { model, shown in
            if !shown { model.decline() }
        }
    }

    var body: some View {
        NavigationStack {
            Form {
                if enrol.state.wiped {
                    Say(.wiped)
                }
                BannerBar(enrol.state.banner)
                Section {
                    TextField(text: $code) { Say(.activationCode) }
                        .textInputAutocapitalization(.characters)
                        .autocorrectionDisabled()
                        .font(.title3.monospaced())
                    WordButton(.enrol) { Task { await enrol.model.enter(code) } }
                        .disabled(code.isEmpty || enrol.state.working)
                }
                if enrol.state.working {
                    HStack {
                        ProgressView()
                        Say(.working)
                        Spacer()
                        Button {
                            enrol.model.cancel()
                        } label: {
                            Say(.cancel)
                        }
                    }
                }
                SettingsSection(settings: settings)
            }
            .navigationTitle(Text(verbatim: Word.enrolHeading.text(in: settings.state.language)))
        }
        .sheet(isPresented: asks) {
            if let said = enrol.state.question {
                Question(
                    said: said, agree: .enrolAnyway, decline: .cancel,
                    onAgree: { Task { await enrol.model.agree() } }, onDecline: { enrol.model.decline() })
            }
        }
    }
}
