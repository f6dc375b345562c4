import Suima
import SuimaModels
import SwiftUI

/// Paper codes, reminders, news and settings.
struct MoreScreen: View {
    let home: Home
    let citizen: Citizen
    @Environment(\.language) private var language
    @Environment(\.elder) private var elder

    var body: some View {
        NavigationStack {
            List {
                if !elder {
                    NavigationLink {
                        PaperScreen(paper: citizen.paper)
                    } label: {
                        Say(.paper)
                    }
                }
                NavigationLink {
                    RemindersScreen(paper: citizen.paper)
                } label: {
                    Say(.reminders)
                }
                NavigationLink {
                    NewsScreen(codes: citizen.codes)
                } label: {
                    Say(.news)
                }
                SettingsSection(settings: home.settings)
            }
            .navigationTitle(Text(verbatim: Word.settings.text(in: language)))
        }
    }
}

/// The paper codes of the family, as far as this phone knows: they are made and printed elsewhere.
struct PaperScreen: View {
    @ObservedObject var paper: Watched<PaperModel>

    private var state: PaperState { paper.state }

    var body: some View {
        List {
            BannerBar(state.banner) { Task { await paper.model.refresh() } }
            ForEach(state.people, id: \.slot) { person in
                Button {
                    Task { await paper.model.load(person.slot) }
                } label: {
                    HStack {
                        PersonLine(person: person)
                        Spacer()
                        if person.slot == state.paper?.slot {
                            Image(systemName: "checkmark")
                        }
                    }
                }
            }
            if let shown = state.paper {
                Section {
                    Say(shown.said)
                    if let code = shown.current {
                        Line(.until, Moments.minute(code.validUntil))
                        Text(verbatim: code.serial).monospacedDigit()
                    }
                    Line(.asOf, Moments.minute(shown.asOf))
                    ForEach(shown.notices, id: \.self) { Say($0) }
                } header: {
                    Text(shown.name)
                }
            }
        }
        .task { await paper.model.load() }
        .refreshable { await paper.model.refresh() }
    }
}

/// What ends soon, and what waits.
struct RemindersScreen: View {
    @ObservedObject var paper: Watched<PaperModel>

    var body: some View {
        List {
            BannerBar(paper.state.banner) { Task { await paper.model.refresh() } }
            ForEach(paper.state.reminders, id: \.self) { reminder in
                VStack(alignment: .leading) {
                    Say(reminder.said)
                    Text(verbatim: Moments.minute(reminder.at)).foregroundStyle(.secondary)
                }
            }
            if paper.state.reminders.isEmpty {
                Say(.nothing)
            }
        }
        .task { await paper.model.load() }
    }
}

/// What others did.
struct NewsScreen: View {
    @ObservedObject var codes: Watched<CodesModel>

    var body: some View {
        List {
            ForEach(codes.state.brought, id: \.self) { Say($0) }
            if codes.state.brought.isEmpty {
                Say(.nothing)
            }
        }
        .refreshable { await codes.model.refresh() }
    }
}

/// Language, elder mode, staff.
struct SettingsSection: View {
    @ObservedObject var settings: Watched<SuimaModels.Settings>

    var body: some View {
        Section {
            Picker(selection: language) {
                ForEach(Language.allCases, id: \.self) { language in
                    Text(verbatim: Word.languageName.text(in: language)).tag(language)
                }
            } label: {
                Say(.languageHeading)
            }
            Toggle(isOn: elder) { Say(.elder) }
            Toggle(isOn: staff) { Say(.staffMode) }
        }
    }

    private var language: Binding<Language> {
        settings.binding {
            $0.language
        } set: { model, language in
            model.choose(language)
        }
    }

    private var elder: Binding<Bool> {
        settings.binding {
            $0.elder
        } set: { model, elder in
            model.setElder(elder)
        }
    }

    private var staff: Binding<Bool> {
        settings.binding {
            $0.staff
        } set: { model, staff in
            model.setStaff(staff)
        }
    }
}
