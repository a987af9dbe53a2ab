using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>The arguments that all recurrent layers take.</summary>
internal sealed record RecurrentArguments(
    int Units,
    ActivationFunction Activation,
    bool UseBias,
    bool ReturnSequences,
    bool GoBackwards,
    bool ZeroOutputForMask,
    BidirectionalMerge Bidirectional,
    float Dropout,
    float RecurrentDropout,
    WeightSpec Kernel,
    WeightSpec Recurrent,
    WeightSpec Bias)
{
    /// <summary>The argument that names what the state is before the first step.</summary>
    public const string InitialState = "InitialState";

    public static RecurrentArguments Read(LayerArguments arguments) => new(
        arguments.Units("units"),
        ReadActivation(arguments, "Activation", Model.Activation.Tanh),
        arguments.Bool("UseBias", fallback: true),
        arguments.Bool("ReturnSequences", fallback: false),
        arguments.Bool("GoBackwards", fallback: false),
        arguments.Bool("ZeroOutputForMask", fallback: false),
        arguments.Enum("Bidirectional", BidirectionalMerge.None),
        arguments.DropRate("Dropout"),
        arguments.DropRate("RecurrentDropout"),
        arguments.Weights("Kernel", Initializer.GlorotUniform, isMatrix: true),
        arguments.Weights("Recurrent", Initializer.Orthogonal, isMatrix: true),
        arguments.OptionalWeights("Bias", "UseBias", Initializer.Zeros));

    /// <summary>A function of one unit.</summary>
    public static ActivationFunction ReadActivation(LayerArguments arguments, string name, Activation fallback)
    {
        Activation activation = arguments.Enum(name, fallback);
        if (activation is Model.Activation.Softmax or Model.Activation.LogSoftmax)
        {
            arguments.Add(Problem.At(arguments.At(name), DiagnosticDescriptors.ActivationOfCell, arguments.Name, name, activation.ToString()));
            activation = fallback;
        }

        return ActivationFunction.Of(activation);
    }
}
