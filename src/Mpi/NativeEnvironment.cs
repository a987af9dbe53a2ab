using System.Runtime.InteropServices;

namespace Unroll.Mpi;

/// <summary>What native libraries see of the environment, which is not what .NET sets.</summary>
internal static partial class NativeEnvironment
{
    /// <summary>Keeps the communication library UCX, under many an MPI, from taking the signals by which .NET learns of null references.</summary>
    /// <remarks>It reads the variable when it is loaded; who has set it keeps the setting.</remarks>
    public static void LeaveSignalsToRuntime()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetVariable("UCX_ERROR_SIGNALS", "", overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
