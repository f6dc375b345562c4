/** A program of these tests as a process of its own, with the same classes and the same library. */
fun otherJvm(main: String, vararg arguments: String): Process {
    val java = java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java").toString()
    val properties = listOf("jna.library.path", "jna.tmpdir", "java.io.tmpdir")
        .map { "-D$it=${System.getProperty(it)}" }
    val classes = listOf("-cp", System.getProperty("java.class.path"))
    return ProcessBuilder(listOf(java) + properties + classes + main + arguments)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start()
}
