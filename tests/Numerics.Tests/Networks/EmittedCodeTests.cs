using System.Reflection;
using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests;

/// <summary>The size of what is emitted: above some limits of the JIT compiler code is not optimized any more.</summary>
public sealed class EmittedCodeTests
{
    // Half of what the JIT compiler still optimizes.
    private static readonly IlSize s_most = new(Bytes: 30_000, Instructions: 10_000, Blocks: 1_000, Locals: 1_000, LocalReferences: 4_000);

    private static readonly NetworkLibrary s_small =
        new("[Network(64)] [Dense(64, Activation.Gelu)] public sealed partial class Plain;") { Machines = Machines.All };

    private static readonly NetworkLibrary s_wide =
        new("[Network(4096)] [Dense(4096, Activation.Gelu)] public sealed partial class Plain;") { Machines = Machines.All };


    private static readonly NetworkLibrary s_deep = new(
        "[Network(40, 9)] [Dropout(0.1f)]\n"
        + string.Concat(Enumerable.Range(10, 40).Select(static units =>
            $"[Dense({units}, Activation.{(Activation)(units % 16)}, KernelL2 = 0.1f)] [Dropout(0.1f)]\n"))
        + "[Flatten] [Dense(10, Activation.Softmax)] public sealed partial class Deep;");

    [Fact]
    public void MethodsOfAWideNetworkStayFarBelowTheLimits() => AssertSmall(s_wide);

    [Fact]
    public void MethodsOfADeepNetworkStayFarBelowTheLimits() => AssertSmall(s_deep);

    [Fact]
    public void CodeDoesNotGrowWithTheSizeOfALayer() =>
        Assert.InRange(Lines(s_wide), 1, Lines(s_small) * 3 / 2);

    [Fact]
    public void NamesThatDifferByCaseAreTwoNetworks()
    {
        var library = new NetworkLibrary("""
            [Network(3)] [Dense(2)] public sealed partial class TwinA;
            [Network(3)] [Dense(4)] public sealed partial class Twina;
            internal static partial class Outer
            {
                [Network(3)] [Dense(5, Name = "class")] [Activate(Activation.Relu, Name = "Class")] internal sealed partial class TwinA;
            }
            """);

        Assert.Equal(2, library.Create("TwinA", Machines.Widest).Predict(new float[3]).Length);
        Assert.Equal(4, library.Create("Twina", Machines.Widest).Predict(new float[3]).Length);
        Assert.Equal(5, library.Create("Outer+TwinA", Machines.Widest).Predict(new float[3]).Length);
    }

    private static void AssertSmall(NetworkLibrary library)
    {
        MethodInfo[] methods = [.. library.GeneratedMethods()];
        Assert.True(methods.Length > 20);
        Assert.All(methods, static method =>
        {
            var size = IlSize.Of(method);
            bool isSmall = size.Bytes <= s_most.Bytes && size.Instructions <= s_most.Instructions && size.Blocks <= s_most.Blocks
                && size.Locals <= s_most.Locals && size.LocalReferences <= s_most.LocalReferences;
            Assert.True(isSmall, $"{method.DeclaringType!.Name}.{method.Name}: {size}, but half of the limits are {s_most}");
        });
    }

    private static int Lines(NetworkLibrary library) => library.Files.Values.Sum(static text => text.Count(static c => c == '\n'));
}
