using System.Globalization;
using Unroll.Numerics.Tests.Harness;
using Unroll.Tests;

namespace Unroll.Numerics.Tests;

/// <summary>Random stacks of layers of images: outputs and gradients against the reference, at every machine.</summary>
/// <remarks>The same networks at every run; <c>UNROLL_SEED=any</c> makes others, and <c>UNROLL_SEED=1234</c> those that a failure named.</remarks>
public sealed class RandomImageNetworkTests
{
    private const int Seed = 42;

    private static readonly int s_networks = Campaign.Rounds(usually: 8, campaign: 24);

    private static readonly int s_first = SeedVariable.Value ?? 2000;

    private static readonly NetworkCase[] s_cases = [.. Enumerable.Range(0, s_networks).Select(static i => RandomImageNetworks.Draw(s_first + i, $"Random{i}"))];

    private static readonly NetworkLibrary s_library = new([.. s_cases.Select(static network => network.Blueprint)]);

    public static TheoryData<Machine, int> Cases =>
        [.. Machines.Tested.SelectMany(static machine => Enumerable.Range(0, s_networks).Select(i => new TheoryDataRow<Machine, int>(machine, i)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheReference(Machine machine, int index)
    {
        Blueprint blueprint = s_cases[index].Blueprint;
        Model model = s_library.Create(blueprint.Name, machine, Seed);
        RandomValues.AssignTo(model, seed: 5);
        try
        {
            Agreement.OfCase(s_cases[index], model, Seed, batches: [1, 7, 33]);
        }
        catch (Xunit.Sdk.XunitException exception)
        {
            throw new InvalidOperationException($"UNROLL_SEED={s_first.ToString(CultureInfo.InvariantCulture)}: {exception.Message}\n{blueprint.Source}", exception);
        }
    }
}
