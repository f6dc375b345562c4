import Suima
import SuimaModels
import SwiftUI

/// What a portal or a terminal asks: the digits to compare first, the question, and the answer.
struct ChallengeScreen: View {
    @ObservedObject var challenge: Watched<ChallengeModel>
    @State private var scanning = false

    private var state: ChallengeState { challenge.state }

    var body: some View {
        ScrollView {
            VStack(spacing: 20) {
                BannerBar(state.banner) { Task { await challenge.model.refresh() } }
                if let outcome = state.outcome {
                    Say(outcome.said).font(.title2)
                }
                if let asked = state.asked {
                    question(asked)
                } else {
                    WordButton(.scanChallenge) { scanning = true }.buttonStyle(.borderedProminent)
                    ForEach(state.waiting, id: \.id) { waiting in
                        Button {
                            challenge.model.choose(waiting)
                        } label: {
                            VStack(alignment: .leading) {
                                Say(.waiting).font(.headline)
                                Text(waiting.placeName)
                            }
                            .frame(maxWidth: .infinity, alignment: .leading)
                        }
                        .buttonStyle(.bordered)
                    }
                }
                if state.working {
                    ProgressView()
                }
            }
            .padding()
        }
        .task { await challenge.model.refresh() }
        .refreshable { await challenge.model.refresh() }
        .sheet(isPresented: $scanning) {
            ScannerView { text in
                guard scanning else { return }
                scanning = false
                Task { await challenge.model.scan(text) }
            }
            .ignoresSafeArea()
        }
    }

    @ViewBuilder private func question(_ asked: ChallengeView) -> some View {
        Text(asked.placeName).font(.headline)
        Say(.compareDigits).foregroundStyle(.secondary)
        Text(asked.check).font(.system(size: 72, weight: .bold).monospacedDigit())
            .speechSpellsOutCharacters()
        Say(asked.compare)
        Say(asked.question).font(.title3.bold())
        Line(.until, Moments.second(asked.expires))
        WordButton(.decline) { Task { await challenge.model.decline() } }
            .buttonStyle(.borderedProminent)
            .disabled(state.working)
        WordButton(.agree) { Task { await challenge.model.agree() } }
            .buttonStyle(.bordered)
            .disabled(state.working)
        // Neither: it goes on waiting.
        WordButton(.close) { challenge.model.leave() }
    }
}
