import suima.Clock
import suima.Keystore
import suima.Log
import suima.Signer
import suima.Station
import suima.Wallet

/** The phone of this name, as it was left. */
fun City.phone(
    name: String = "mother",
    at: String = address,
    keystore: Keystore = MaskKeystore(),
    clock: Clock = MachineClock(),
    log: Log = KeepingLog(),
    signer: Signer? = null,
): Wallet = Wallet.open(config(name, at), keystore, clock, log, signer)

/** The mother's phone, enrolled and with her codes. */
suspend fun City.enrolledPhone(
    keystore: Keystore = MaskKeystore(),
    clock: Clock = MachineClock(),
    log: Log = KeepingLog(),
    signer: Signer? = null,
): Wallet {
    val phone = phone(keystore = keystore, clock = clock, log = log, signer = signer)
    phone.enrol(activation(City.MOTHER))
    phone.refresh()
    return phone
}

/** The station of this name, as it was left. */
fun City.station(name: String = "station", at: String = address): Station =
    Station.open(config(name, at), MaskKeystore(), MachineClock(), KeepingLog())

/** A station that knows what the issuer knows, with a session and an empty tube of twenty. */
suspend fun City.samplingStation(): Station {
    val station = station()
    station.enrol(stationActivation("一号采样点"))
    station.sync()
    station.openSession("人民广场", "工号 12")
    station.openTube("TUBE0001", 20u)
    return station
}

/** Whose phone it is. */
val Wallet.me: UInt
    get() = family().first().slot
