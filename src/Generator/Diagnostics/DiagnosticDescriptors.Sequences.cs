using Microsoft.CodeAnalysis;

namespace Unroll.Generator.Diagnostics;

internal static partial class DiagnosticDescriptors
{
    /// <summary>UNR0071: a block is to be applied to steps that are not there.</summary>
    public static readonly DiagnosticDescriptor NoSteps = Error(
        "UNR0071", "No steps to apply a block to", "Layer {0}: a block is applied to each step of a sequence, but the input is {1}");

    /// <summary>UNR0072: states that are not those of the cells.</summary>
    public static readonly DiagnosticDescriptor InitialStates = Error(
        "UNR0072", "Initial state does not fit", "Layer {0}: InitialState must name {1}, but names {2}");

    /// <summary>UNR0090: a network that is no stream.</summary>
    public static readonly DiagnosticDescriptor NoStream = Error(
        "UNR0090", "Network has no steps to stream", "Network {0}: Streaming needs inputs of steps × features, all of as many steps, and beside them only some of one axis, but the network reads {1}");

    /// <summary>UNR0091: a layer that cannot run step by step.</summary>
    public static readonly DiagnosticDescriptor LayerDoesNotStream = Error(
        "UNR0091", "Layer does not stream", "Layer {0} cannot run along a stream, step after step: {1}");

    /// <summary>UNR0092: a function of one unit is wanted.</summary>
    public static readonly DiagnosticDescriptor ActivationOfCell = Error(
        "UNR0092", "Activation of a cell", "Layer {0}: {1} must be a function of one unit, but is {2}");
}
