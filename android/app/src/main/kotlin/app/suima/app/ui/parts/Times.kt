package app.suima.app.ui.parts

import java.time.Instant
import java.time.ZoneId
import java.time.format.DateTimeFormatter

private val shanghai: ZoneId = ZoneId.of("Asia/Shanghai")
private val minutes: DateTimeFormatter = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(shanghai)
private val clock: DateTimeFormatter = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(shanghai)

/** `2026-11-22 09:00`, in Shanghai, as the core's sentences write it. */
internal fun minute(time: Instant): String = minutes.format(time)

/** `2026-11-22`, in Shanghai. */
internal fun day(time: Instant): String = minute(time).substringBefore(' ')

/** `09:00:00`, in Shanghai: of what changes while it is looked at. */
internal fun second(time: Instant): String = clock.format(time)
