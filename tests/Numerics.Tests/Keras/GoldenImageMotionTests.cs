using System.Text.Json;
using Unroll.Numerics.Tests.Harness;
using Unroll.Numerics.Tests.Training;
using Unroll.Runtime.Tests;

namespace Unroll.Numerics.Tests.Keras;

/// <summary>Images moved by fixed amounts against Keras 3.16 (tests/golden/keras_image_motions.json).</summary>
public sealed class GoldenImageMotionTests
{
    private static readonly JsonElement[] s_cases = [.. Golden.Read("keras_image_motions.json").GetProperty("cases").EnumerateArray()];

    private static readonly NetworkLibrary s_library = new(string.Join("\n", s_cases.Select(static (entry, index) =>
        $"[Network({string.Join(", ", Shape(entry)[1..])})] [{entry.GetProperty("attribute").GetString()}] public sealed partial class Case{index};")));

    [Fact]
    public void AgreesWithKeras()
    {
        for (int index = 0; index < s_cases.Length; index++)
        {
            Model model = s_library.Create($"Case{index}", Machines.Widest);
            float[] images = s_cases[index].GetProperty("x").GetProperty("data").Floats();
            var loss = new CapturingLoss();
            model.Compile(new NoOptimizer(), loss);
            model.ComputeGradients(new Dataset(images, images, Shape(s_cases[index])[0]));

            double[] expected = s_cases[index].GetProperty("y").GetProperty("data").Doubles();
            string name = s_cases[index].GetProperty("attribute").GetString()!;

            // Keras computes places in single precision: a hundred-thousandth of a pixel.
            Assert.All(expected.Zip(loss.Outputs), pair => Assert.True(
                Math.Abs(pair.First - pair.Second) < 1e-5, FormattableString.Invariant($"{name}: {pair.First} by Keras, {pair.Second} here")));
        }
    }

    private static int[] Shape(JsonElement entry) => [.. entry.GetProperty("x").GetProperty("shape").EnumerateArray().Select(static axis => axis.GetInt32())];
}
