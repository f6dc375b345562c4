import Suima
import SuimaModels
import SwiftUI

/// The last verdict, to be read at two metres: a colour, a sign and a word, never a colour alone.
struct VerdictPanel: View {
    let verdict: Verdict?
    @Environment(\.language) private var language

    var body: some View {
        // A stack is there before the first verdict too, so that this one is told as well.
        VStack(spacing: 0) {
            if let verdict {
                VStack(spacing: 8) {
                    HStack(spacing: 16) {
                        Image(systemName: sign(verdict.signal)).font(.system(size: 72, weight: .heavy))
                        Text(verdict.word.text(in: language)).font(.system(size: 56, weight: .heavy))
                            .minimumScaleFactor(0.6)
                            .lineLimit(1)
                    }
                    if let name = verdict.name {
                        HStack(spacing: 12) {
                            Text(name).font(.system(size: 36, weight: .bold))
                            if let year = verdict.birthYear {
                                Text(verbatim: "\(year)").font(.system(size: 28).monospacedDigit())
                            }
                            if let seat = verdict.seat {
                                Text(verbatim: "#\(seat)").font(.system(size: 36, weight: .bold).monospacedDigit())
                            }
                        }
                    }
                    Say(verdict.said).font(.title2.bold()).multilineTextAlignment(.center)
                    ForEach(verdict.cautions, id: \.self) { caution in
                        Say(caution).font(.title3)
                    }
                    if let presented = verdict.presented {
                        Say(Word(presented))
                    }
                    if let colour = verdict.colour {
                        ColourBand(colour: colour)
                    }
                    if let asOf = verdict.asOf {
                        Line(.asOf, Moments.minute(asOf))
                    }
                }
                .foregroundStyle(verdict.signal == .attention ? Color.black : Color.white)
                .padding()
                .frame(maxWidth: .infinity, minHeight: 220)
                .background(fill(verdict.signal), in: RoundedRectangle(cornerRadius: 20))
                .accessibilityElement(children: .ignore)
                .accessibilityLabel(Text(verdict.spoken(in: language)))
                .accessibilityAddTraits(.updatesFrequently)
            }
        }
        .onChange(of: verdict?.number) { _ in
            if let verdict {
                VerdictSignal.give(verdict, in: language)
            }
        }
    }

    private func sign(_ signal: Signal) -> String {
        switch signal {
        case .admit: "checkmark"
        case .refuse: "xmark"
        case .attention: "exclamationmark.triangle.fill"
        }
    }

    private func fill(_ signal: Signal) -> Color {
        switch signal {
        case .admit: Color(red: 0.05, green: 0.45, blue: 0.18)
        case .refuse: Color(red: 0.70, green: 0.05, blue: 0.05)
        case .attention: Color(red: 1.0, green: 0.78, blue: 0.0)
        }
    }
}
