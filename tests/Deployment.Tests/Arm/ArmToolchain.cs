using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Arm;

/// <summary>From a library to a program for Arm, and running it here.</summary>
internal static class ArmToolchain
{
    private const string Compiler = "aarch64-linux-gnu-gcc";
    private const string Disassembler = "aarch64-linux-gnu-objdump";
    private const string Emulator = "qemu-aarch64";
    private const string Libraries = "/usr/aarch64-linux-gnu";

    public static void Require()
    {
        string[] missing = [.. new[] { Compiler, Disassembler, Emulator }.Where(static program => Programs.Find(program) is null)];
        Assert.SkipUnless(
            missing.Length == 0,
            $"{string.Join(", ", missing)} missing: install gcc-aarch64-linux-gnu, libc6-dev-arm64-cross and qemu-user (names of Debian's packages).");
        NativeCompiler.Require();
    }

    /// <summary>IL to Arm machine code.</summary>
    public static void CompileToObject(Workspace workspace, string library, string objectFile)
    {
        string package = NativeCompiler.FolderOf(NativeCompiler.CompilerPackage);
        string[] arguments =
        [
            library, .. NativeCompiler.Framework().Select(static reference => $"-r:{reference}"), "--targetos:linux", "--targetarch:arm64", "-O",
            "--nativelib", "--multifile", "--singlewarn", "--resilient", $"-o:{objectFile}",
        ];
        CommandLine.Run(Path.Combine(package, "tools", "ilc"), arguments, workspace.Path).RequireSuccess();
    }

    /// <summary>C and machine code to a program. What the kernels never call, such as throwing, stays unresolved.</summary>
    public static void Link(Workspace workspace, string source, string objectFile, string program) => CommandLine.Run(
        Compiler, ["-O1", "-static", "-no-pie", "-Wl,--unresolved-symbols=ignore-all", source, objectFile, "-o", program], workspace.Path).RequireSuccess();

    public static CommandResult Run(Workspace workspace, string program) => CommandLine.Run(Emulator, [program], workspace.Path);

    /// <summary>The same of a program that is linked with libraries: where Debian's packages for Arm put them.</summary>
    public static CommandResult RunWithLibraries(Workspace workspace, string program)
    {
        Assert.SkipUnless(
            File.Exists(Path.Combine(Libraries, "lib", "libstdc++.so.6")), "libstdc++ for Arm missing: install libstdc++6-arm64-cross (name of Debian's package).");
        return CommandLine.Run(Emulator, ["-L", Libraries, program], workspace.Path);
    }

    public static string Disassemble(Workspace workspace, string objectFile) =>
        CommandLine.Run(Disassembler, ["-d", "-r", "--no-show-raw-insn", objectFile], workspace.Path).RequireSuccess().Output;
}
