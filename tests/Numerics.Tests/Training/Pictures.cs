using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Training;

/// <summary>A small network of two inputs and two outputs, and data for it.</summary>
internal static class Pictures
{
    public const int Rows = 12;

    private static readonly NetworkLibrary s_library = new("""
        [Network]
        [Input("image", 4)] [Dense(4, Activation.Tanh, Name = "left")]
        [Input("meta", 2)] [Dense(4, Activation.Tanh, Name = "right")]
        [Add("left", "right", Name = "both")]
        [Dense(3, Name = "three")] [Output("digit")]
        [Dense(1, From = "both", Name = "one")] [Output("even")]
        public sealed partial class PicturesNet;

        [Network]
        [Input("image", 4)] [Normalization(Name = "scaled")]
        [Input("meta", 2)] [Concatenate("scaled", "meta")]
        [Dense(1)]
        public sealed partial class ScaledNet;
        """);

    public static float[] Images => RandomValues.Uniform(Rows * 4, seed: 1);

    public static float[] Meta => RandomValues.Uniform(Rows * 2, seed: 2);

    public static float[] Digits => RandomValues.Uniform(Rows * 3, seed: 3);

    public static float[] Even => RandomValues.Labels(Rows, 2, seed: 4);

    public static Dataset Data => new(inputs: [Images, Meta], targets: [Digits, Even], Rows);

    public static Model Model()
    {
        Model model = s_library.Create("PicturesNet", Machines.Widest);
        model.Compile(new SGD(), losses: [new MeanSquaredError(), new MeanAbsoluteError()]);
        return model;
    }

    public static Model Scaled() => s_library.Create("ScaledNet", Machines.Widest);
}
