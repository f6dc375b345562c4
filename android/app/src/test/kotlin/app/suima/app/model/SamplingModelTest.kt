package app.suima.app.model

import City
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import org.junit.jupiter.api.Test
import suima.RegistrationOutcome
import suima.Signal

/** A sampling site, by the screens. */
class SamplingModelTest {
    @Test
    fun `three people in a tube, one refused twice, one taken back, one moved, sealed with an explanation, uploaded`() =
        with(Stage()) {
            use {
                val mother = Phone(this, "mother").enrolAs(City.MOTHER)
                val father = Phone(this, "father").enrolAs(City.FATHER)
                val staff = atTube()
                val sampling = staff.sampling
                val code = assertNotNull(mother.codes.shown.live).text
                sampling.scan(code)
                val first = assertNotNull(sampling.shown.verdict)
                assertEquals(RegistrationOutcome.REGISTERED, first.registration.outcome)
                assertEquals(1.toUByte(), first.registration.seat)
                pass(2.seconds)
                mother.codes.show(CodeKind.NUCLEIC_ACID)
                sampling.scan(assertNotNull(mother.codes.shown.nucleicAcid).text)
                val again = assertNotNull(sampling.shown.verdict)
                assertEquals(RegistrationOutcome.ALREADY_IN_TUBE, again.registration.outcome)
                assertTrue(again.number > first.number)
                pass(2.seconds)
                sampling.scan(assertNotNull(mother.codes.shown.nucleicAcid).text)
                assertEquals(RegistrationOutcome.ALREADY_IN_TUBE, sampling.shown.verdict?.registration?.outcome)
                sampling.scan(assertNotNull(father.codes.shown.live).text)
                sampling.byHand("来客", "P1234567", "13800000000")
                assertEquals(3, sampling.shown.tube?.seats?.size)
                assertContentEquals(
                    listOf(Signal.ADMIT, Signal.ATTENTION, Signal.ATTENTION, Signal.ADMIT, Signal.ADMIT),
                    staff.signals.given,
                )

                val visitor = assertNotNull(sampling.shown.tube).seats[2]
                sampling.undo(visitor.entry, "点错了")
                assertEquals(2, sampling.shown.tube?.seats?.size)
                sampling.openTube("TUBE0002", 5u, beside = true)
                assertEquals(2, sampling.shown.tubes.size)
                sampling.select("TUBE0001")
                val fathers = assertNotNull(sampling.shown.tube).seats[1]
                sampling.move(fathers.entry, "TUBE0002", "放错了管")
                val tubes = sampling.shown.tubes.associate { it.barcode to it.seats.size }
                assertEquals(mapOf("TUBE0001" to 1, "TUBE0002" to 1), tubes)
                assertTrue(sampling.shown.banners.isEmpty())

                sampling.select("TUBE0001")
                sampling.openSeal()
                sampling.seal(2u, null)
                val refused = assertNotNull(sampling.shown.seal)
                assertEquals(2.toUByte(), refused.swabs)
                assertNotNull(refused.refused)
                assertEquals(false, sampling.shown.tube?.sealed)
                sampling.seal(2u, "掉了一支，重采")
                assertNull(sampling.shown.seal)
                assertEquals(listOf("TUBE0002"), sampling.shown.tubes.map { it.barcode })

                assertTrue(assertNotNull(sampling.shown.status).waiting > 0u)
                sampling.upload()
                assertTrue(sampling.shown.upload.busy)
                val uploaded = sampling.shows { !it.upload.busy && it.status?.waiting == 0u }
                assertTrue(assertNotNull(uploaded.upload.acknowledged) > 0u)
                assertTrue(assertNotNull(uploaded.status).conflicts.isEmpty())
            }
        }

    @Test
    fun `a code that stays before the camera is one scan`() = with(Stage()) {
        use {
            val mother = Phone(this, "mother").enrolAs(City.MOTHER)
            val staff = atTube()
            mother.codes.show(CodeKind.NUCLEIC_ACID)
            val code = assertNotNull(mother.codes.shown.nucleicAcid).text
            repeat(30) {
                staff.sampling.scan(code)
                pass(100.milliseconds)
            }
            assertContentEquals(listOf(Signal.ADMIT), staff.signals.given)
            pass(2.seconds)
            staff.sampling.scan(code)
            settle()
            assertContentEquals(listOf(Signal.ADMIT, Signal.ATTENTION), staff.signals.given)
        }
    }

    @Test
    fun `what a scanner types is put together, with Enter and without, through an input method`() = with(Stage()) {
        use {
            val mother = Phone(this, "mother").enrolAs(City.MOTHER)
            val father = Phone(this, "father").enrolAs(City.FATHER)
            val staff = atTube()
            for (character in assertNotNull(mother.codes.shown.live).text.replace(':', '：') + "\n") {
                staff.sampling.typed("$character")
                pass(5.milliseconds)
            }
            assertEquals(RegistrationOutcome.REGISTERED, staff.sampling.shown.verdict?.registration?.outcome)
            val first = staff.sampling.shown.verdict?.number
            for (character in assertNotNull(father.codes.shown.live).text) {
                staff.sampling.typed("$character")
                pass(5.milliseconds)
            }
            assertEquals(first, staff.sampling.shown.verdict?.number)
            pass(1.seconds)
            assertEquals(2, staff.sampling.shown.tube?.seats?.size)
            val second = staff.sampling.shown.verdict?.number
            for (character in assertNotNull(mother.codes.shown.live).text.take(60)) {
                staff.sampling.typed("$character")
                pass(5.milliseconds)
            }
            pass(1.seconds)
            assertEquals(second, staff.sampling.shown.verdict?.number, "the rest may come")
            pass(2.seconds)
            assertEquals(RegistrationOutcome.REFUSED, staff.sampling.shown.verdict?.registration?.outcome)
        }
    }

    @Test
    fun `an ID card that may be of somebody in the tube is asked about before anybody is bound`() = with(Stage()) {
        use {
            val mother = Phone(this, "mother").enrolAs(City.MOTHER)
            val staff = atTube()
            val sampling = staff.sampling
            mother.codes.show(CodeKind.NUCLEIC_ACID)
            sampling.scan(assertNotNull(mother.codes.shown.nucleicAcid).text)
            settle()
            sampling.scan(City.MOTHER)
            assertEquals(City.MOTHER, sampling.shown.card)
            sampling.idCard(City.MOTHER, "王小明")
            val question = assertNotNull(sampling.shown.question)
            assertEquals(1.toUByte(), question.seat?.seat)
            assertNull(sampling.shown.card)
            assertEquals(Signal.ATTENTION, staff.signals.given.last())
            sampling.samePerson()
            assertNull(sampling.shown.question)
            assertEquals(1, sampling.shown.tube?.seats?.size)

            sampling.idCard(City.MOTHER, "王小明")
            settle()
            sampling.differentPeople()
            assertEquals(RegistrationOutcome.REGISTERED, sampling.shown.verdict?.registration?.outcome)
            assertEquals(2, sampling.shown.tube?.seats?.size)
        }
    }

    @Test
    fun `one field takes barcodes too, and what is no code is refused in the core's words`() = with(Stage()) {
        use {
            val staff = atTube()
            val sampling = staff.sampling
            sampling.scan("TUBE0009")
            assertEquals("TUBE0009", sampling.shown.barcode)
            sampling.openTube("TUBE0009", 10u, beside = false)
            assertNotNull(sampling.shown.banners.single().said, "one tube is open still")
            sampling.openTube("TUBE0009", 10u, beside = true)
            assertTrue(sampling.shown.banners.isEmpty())
            assertNull(sampling.shown.barcode)
            assertEquals("TUBE0009", sampling.shown.tube?.barcode)
            sampling.scan("TUBE0001")
            assertEquals("TUBE0001", sampling.shown.tube?.barcode)
            sampling.scan("https://example.org/")
            val refused = assertNotNull(sampling.shown.verdict).registration
            assertEquals("not-a-code", refused.reason?.id)
            assertEquals(Signal.REFUSE, staff.signals.given.last())
        }
    }

    @Test
    fun `with no session nobody is bound, and what is missing is said`() = with(Stage()) {
        use {
            val mother = Phone(this, "mother").enrolAs(City.MOTHER)
            val staff = Staff(this, "一号采样点").enrolled()
            staff.sampling.scan(assertNotNull(mother.codes.shown.live).text)
            val shown = staff.sampling.shown
            val said = shown.verdict?.registration?.outcome?.name ?: shown.banners.single().id
            assertEquals(RegistrationOutcome.NO_TUBE.name, said)
            assertTrue(Signal.ADMIT !in staff.signals.given)
            staff.sampling.openTube("TUBE0001", 10u, beside = false)
            assertEquals(BannerKind.PROBLEM, staff.sampling.shown.banners.single().kind)
            staff.sampling.dismissBanner()
            assertTrue(staff.sampling.shown.banners.isEmpty())
        }
    }

    @Test
    fun `an app that was killed with the network cut has lost nobody, and the shift is handed over`() = with(Stage()) {
        use {
            val mother = Phone(this, "mother").enrolAs(City.MOTHER)
            val staff = atTube()
            city.close()
            staff.sampling.scan(assertNotNull(mother.codes.shown.live).text)
            assertEquals(1, staff.sampling.shown.tube?.seats?.size)
            staff.kill()

            val again = Staff(this, "一号采样点")
            again.life.start()
            val shown = again.sampling.shown
            assertEquals("人民广场" to "工号 12", shown.session?.let { it.site to it.staff })
            assertEquals(1, shown.tube?.seats?.size)
            val offline = again.sampling.shows { it.banners.isNotEmpty() && !it.syncing }
            assertEquals(BannerKind.OFFLINE, offline.banners.single().kind)
            again.sampling.upload()
            assertTrue(again.sampling.shows { !it.upload.busy && it.banners.isNotEmpty() }.status!!.waiting > 0u)
            again.sampling.handOver("工号 13")
            assertEquals("工号 13", again.sampling.shown.session?.staff)
        }
    }

    private fun Stage.atTube(): Staff {
        val staff = Staff(this, "一号采样点").enrolled()
        staff.sampling.openSession("人民广场", "工号 12")
        staff.sampling.openTube("TUBE0001", 10u, beside = false)
        assertEquals("TUBE0001", staff.sampling.shown.tube?.barcode)
        return staff
    }
}
