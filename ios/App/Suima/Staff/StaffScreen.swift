import SuimaModels
import SwiftUI

/// The staff's side: sampling, gate, manual check, upload.
struct StaffScreen: View {
    @ObservedObject var home: Home

    var body: some View {
        if let staff = home.staff {
            StaffTabs(staff: staff, enrol: staff.enrol, settings: home.settings)
        } else {
            VStack {
                ProgressView()
                BannerBar(home.staffBanner) { Task { await home.openStation() } }.padding()
                WordButton(.close) { home.settings.model.setStaff(false) }.padding()
            }
            .task { await home.openStation() }
        }
    }
}

private struct StaffTabs: View {
    let staff: Staff
    @ObservedObject var enrol: Watched<EnrolModel>
    let settings: Watched<SuimaModels.Settings>

    var body: some View {
        if enrol.state.enrolled {
            TabView {
                SamplingScreen(sampling: staff.sampling)
                    .tab(.tube, "testtube.2")
                DoorScreen(door: staff.gate, heading: .gate)
                    .tab(.gate, "door.left.hand.open")
                DoorScreen(door: staff.check, heading: .manualCheck)
                    .tab(.manualCheck, "person.text.rectangle")
                UploadScreen(sampling: staff.sampling, settings: settings)
                    .tab(.upload, "arrow.up.circle")
            }
            .task { await staff.sampling.model.sync() }
        } else {
            EnrolScreen(enrol: enrol, settings: settings)
                .task { await enrol.model.load() }
        }
    }
}
