using System.Reflection;
using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests;

/// <summary>The size of what is emitted: above some limits of the JIT compiler code is not optimized any more.</summary>
public sealed class EmittedCodeTests
{
    // Half of what the JIT compiler still optimizes.
    private static readonly IlSize s_most = new(Bytes: 30_000, Instructions: 10_000, Blocks: 1_000, Locals: 1_000, LocalReferences: 4_000);

    private static readonly NetworkLibrary s_small = new("[Network(64)] [Dense(64, Activation.Gelu)] public sealed partial class Plain;");
    private static readonly NetworkLibrary s_wide = new("[Network(4096)] [Dense(4096, Activation.Gelu)] public sealed partial class Plain;");

    private static readonly NetworkLibrary s_deep = new(
        "[Network(40, 9)] [Dropout(0.1f)]\n"
        + string.Concat(Enumerable.Range(10, 40).Select(static units =>
            $"[Dense({units}, Activation.{(Activation)(units % 16)}, KernelL2 = 0.1f)] [Dropout(0.1f)]\n"))
        + "[Flatten] [Dense(10, Activation.Softmax)] public sealed partial class Deep;");

    private static readonly NetworkLibrary s_residual = new(
        string.Concat(new[] { 16, 32 }.Select(static channels =>
            $"[Block] [Conv2D({channels}, 3, Padding = Padding.Same, UseBias = false)] [BatchNormalization] [Activate(Activation.Relu)]\n"
            + $"[Conv2D({channels}, 3, Padding = Padding.Same, UseBias = false)] [BatchNormalization] internal sealed class Body{channels};\n"
            + $"[Block] [Residual<Body{channels}>] [Activate(Activation.Relu)] internal sealed class Keep{channels};\n"))
        + "[Block] [Conv2D(32, 3, Strides = [2], Padding = Padding.Same, UseBias = false)] [BatchNormalization(Name = \"body\")]\n"
        + "[Conv2D(32, 1, Strides = [2], UseBias = false, From = \"input\")] [BatchNormalization(Name = \"projection\")]\n"
        + "[Add(\"body\", \"projection\")] [Activate(Activation.Relu)] internal sealed class Halve32;\n"
        + string.Concat(new[] { ("Shallow", 2), ("Steep", 12) }.Select(static net =>
            $"[Network(32, 32, 3)] [Conv2D(16, 3, Padding = Padding.Same, UseBias = false)] [BatchNormalization] [Activate(Activation.Relu)]\n"
            + $"[Use<Keep16>(Repeat = {net.Item2})] [Use<Halve32>] [Use<Keep32>(Repeat = {net.Item2})] [GlobalAveragePooling2D]\n"
            + $"[Dense(10, Activation.Softmax)] public sealed partial class {net.Item1};\n")));

    [Fact]
    public void MethodsOfAResidualNetworkStayFarBelowTheLimits() => AssertSmall(s_residual);

    /// <summary>Forty convolutions more of the shapes that are there cost no kernel.</summary>
    [Fact]
    public void KernelsGrowWithShapesNotWithLayers()
    {
        MethodInfo[] methods = [.. s_residual.GeneratedMethods()];

        Assert.NotEqual(0, KernelsOf("Shallow"));
        Assert.Equal(KernelsOf("Shallow"), KernelsOf("Steep"));

        int KernelsOf(string network) => methods.Count(method =>
            method.DeclaringType!.Name.Contains(network, StringComparison.Ordinal) && method.DeclaringType.Name.EndsWith("_Vector256Kernels", StringComparison.Ordinal));
    }

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
