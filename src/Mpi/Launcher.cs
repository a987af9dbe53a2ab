using System.Globalization;

namespace Unroll.Mpi;

/// <summary>What started this process, as far as the environment says.</summary>
/// <param name="Kind">Whose it is.</param>
/// <param name="Size">The number of processes that it started.</param>
/// <param name="Variable">What says so.</param>
internal sealed record Launcher(LauncherKind Kind, int Size, string Variable)
{
    private static readonly (string Variable, LauncherKind Kind)[] s_variables =
    [
        ("OMPI_COMM_WORLD_SIZE", LauncherKind.OpenMpi),
        ("PMI_SIZE", LauncherKind.Mpich),
        ("SLURM_STEP_NUM_TASKS", LauncherKind.Other),
    ];

    /// <summary>Reads the environment.</summary>
    /// <param name="variable">The value of a variable.</param>
    public static Launcher Find(Func<string, string?> variable)
    {
        foreach ((string name, LauncherKind kind) in s_variables)
        {
            if (int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size > 0)
            {
                return new Launcher(kind, size, name);
            }
        }

        return new Launcher(LauncherKind.None, 1, "");
    }

    /// <summary>Refuses a world of another size than what was started: each process would train alone.</summary>
    /// <param name="size">What MPI says.</param>
    /// <param name="library">The name of the library.</param>
    /// <param name="implementation">Whose it is.</param>
    /// <exception cref="ClusterException">The sizes differ.</exception>
    public void Require(int size, string library, string implementation)
    {
        if (Kind != LauncherKind.None && size != Size)
        {
            throw new ClusterException(
                $"The launcher started {Size} {(Size == 1 ? "process" : "processes")} ({Variable}={Size}), but {implementation} ({library}) knows of {size}: "
                + $"the launcher is {Name} and belongs to another MPI. Start with the mpirun of {implementation}, or install the library of the launcher.");
        }
    }

    private string Name => Kind switch
    {
        LauncherKind.OpenMpi => "Open MPI's",
        LauncherKind.Mpich => "MPICH's or one of its kin",
        _ => "Slurm's",
    };
}

/// <summary>Whose launcher it is.</summary>
internal enum LauncherKind
{
    None,
    OpenMpi,
    Mpich,
    Other,
}
