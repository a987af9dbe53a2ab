namespace Unroll.Mpi.Tests.Launch;

public class LauncherTests
{
    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE", "Open MPI's")]
    [InlineData("PMI_SIZE", "MPICH's")]
    [InlineData("SLURM_STEP_NUM_TASKS", "Slurm's")]
    public void AWorldOfAnotherSizeThanTheLaunchersIsRefused(string variable, string name)
    {
        Launcher launcher = Launcher.Find(asked => asked == variable ? "4" : null);

        launcher.Require(4, "libmpi.so.40", "Open MPI");
        string message = Assert.Throws<ClusterException>(() => launcher.Require(1, "libmpi.so.40", "Open MPI")).Message;
        Assert.Contains(
            $"The launcher started 4 processes ({variable}=4), but Open MPI (libmpi.so.40) knows of 1: the launcher is {name}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("many")]
    public void WithoutALauncherEverySizeIsRight(string? value) => Launcher.Find(_ => value).Require(1, "libmpi.so.40", "Open MPI");

    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE", "libmpi.so.40")]
    [InlineData("PMI_SIZE", "libmpich.so.12")]
    [InlineData("none", "libmpi.so.40")]
    public void TheLibraryOfTheLauncherIsTriedFirst(string variable, string library) =>
        Assert.Equal(library, MpiLibrary.Candidates(Launcher.Find(asked => asked == variable ? "2" : null)).First());

    [Fact]
    public void WithoutMpiTheErrorSaysWhatToInstall()
    {
        string message = Assert.Throws<ClusterException>(() => MpiLibrary.Load(["libno-such-mpi.so.1", "libnor-this.so.2"])).Message;

        Assert.StartsWith("No MPI is installed: none of libno-such-mpi.so.1, libnor-this.so.2 can be loaded.", message, StringComparison.Ordinal);
        Assert.Contains("openmpi-bin", message, StringComparison.Ordinal);
    }
}
