import Suima
import SuimaModels
import SwiftUI

/// A gate, or a manual check: the finding fills the screen.
struct DoorScreen: View {
    @ObservedObject var door: Watched<DoorModel>
    let heading: Word
    @State private var number = ""
    @State private var name = ""

    private var state: DoorState { door.state }
    private var cardNumber: String { state.cardNumber ?? number }

    var body: some View {
        ScrollView {
            VStack(spacing: 16) {
                Say(heading).font(.title2.bold())
                BannerBar(state.banner) { Task { await door.model.sync() } }
                VerdictPanel(verdict: state.verdict)
                if state.verdict != nil {
                    WordButton(.nextPerson) {
                        clear()
                        door.model.clear()
                    }
                    .buttonStyle(.borderedProminent)
                }
                StationInput(model: door.model)
                card
                if let asOf = state.status?.asOf {
                    Line(.asOf, Moments.minute(asOf))
                }
                if state.working {
                    ProgressView()
                }
            }
            .padding()
        }
        .task { await door.model.load() }
        .refreshable { await door.model.sync() }
    }

    /// The ID card: alone, or beside a paper code, with which it is compared.
    @ViewBuilder private var card: some View {
        VStack(spacing: 12) {
            Say(state.paper == nil ? .idCard : .showIdCard).font(.headline)
            if let scanned = state.cardNumber {
                Text(verbatim: scanned).monospacedDigit()
            } else {
                TextField(text: $number) { Say(.idNumber) }.autocorrectionDisabled()
            }
            if state.paper != nil {
                TextField(text: $name) { Say(.name) }
            }
            WordButton(.next) {
                Task {
                    if state.paper == nil {
                        await door.model.readIdCard(number: cardNumber)
                    } else {
                        await door.model.readIdCard(number: cardNumber, name: name)
                    }
                    // What was typed stays when nothing came of it.
                    if state.banner == nil { clear() }
                }
            }
            .buttonStyle(.bordered)
            .disabled(cardNumber.isEmpty || state.working || (state.paper != nil && name.isEmpty))
        }
        .textFieldStyle(.roundedBorder)
    }

    private func clear() {
        number = ""
        name = ""
    }
}
