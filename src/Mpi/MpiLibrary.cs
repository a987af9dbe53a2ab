using System.Runtime.InteropServices;

namespace Unroll.Mpi;

/// <summary>Finds the installed MPI.</summary>
internal static class MpiLibrary
{
    // The plain names exist only where a program can be compiled for MPI.
    private static readonly string[] s_openMpi = ["libmpi.so.40", "libmpi.so.80", "libmpi.40.dylib"];
    private static readonly string[] s_mpich = ["libmpich.so.12", "libmpi.so.12", "libmpi.12.dylib", "libmpich.12.dylib"];
    private static readonly string[] s_any = ["libmpi.so", "libmpi.dylib"];

    /// <summary>The names to try, those that fit the launcher first.</summary>
    public static IEnumerable<string> Candidates(Launcher launcher) => launcher.Kind == LauncherKind.Mpich
        ? [.. s_mpich, .. s_any, .. s_openMpi]
        : [.. s_openMpi, .. s_any, .. s_mpich];

    /// <summary>Loads the first that is there.</summary>
    /// <exception cref="ClusterException">There is none.</exception>
    public static (nint Handle, string Name) Load(IEnumerable<string> candidates)
    {
        NativeEnvironment.LeaveSignalsToRuntime();
        foreach (string name in candidates)
        {
            if (NativeLibrary.TryLoad(name, out nint handle))
            {
                return (handle, name);
            }
        }

        throw new ClusterException(
            $"No MPI is installed: none of {string.Join(", ", candidates)} can be loaded. Install Open MPI or MPICH, as by "
            + "'apt-get install openmpi-bin', or train without a cluster.");
    }
}
