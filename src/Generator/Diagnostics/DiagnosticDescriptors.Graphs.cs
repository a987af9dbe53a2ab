using Microsoft.CodeAnalysis;

namespace Unroll.Generator.Diagnostics;

/// <summary>Diagnostics of networks that are no stacks: inputs, outputs, and who reads whom.</summary>
internal static partial class DiagnosticDescriptors
{
    /// <summary>UNR0052: a name that stands for nothing.</summary>
    public static readonly DiagnosticDescriptor UnknownValue = Error(
        "UNR0052", "Unknown layer or input", "Layer {0}: {1} must name a layer or an input above it, but {2}");

    /// <summary>UNR0053: layers run in the order in which they stand.</summary>
    public static readonly DiagnosticDescriptor ValueBelow = Error(
        "UNR0053", "Layer reads one below it", "Layer {0}: {1} must name a layer or an input above it, but {2}; layers run in the order in which they stand, and none in a circle");

    /// <summary>UNR0054: nothing to merge.</summary>
    public static readonly DiagnosticDescriptor MergeInputs = Error(
        "UNR0054", "Number of merged values out of range", "Layer {0}: it must name {1} layers or inputs to merge, but names {2}");

    /// <summary>UNR0055: shapes that do not go together.</summary>
    public static readonly DiagnosticDescriptor MergedShapes = Error(
        "UNR0055", "Merged shapes do not fit", "Layer {0}: the shapes it merges must {1}, but {2}");

    /// <summary>UNR0056: an axis that is not there.</summary>
    public static readonly DiagnosticDescriptor AxisOutOfRange = Error(
        "UNR0056", "Axis out of range", "Layer {0}: {1} must count the axes of its inputs, 1 to {2} or -1 to -{2}, but is {3}");

    /// <summary>UNR0057: computed for nothing.</summary>
    public static readonly DiagnosticDescriptor UnusedValue = Error(
        "UNR0057", "Value leads to no output", "{0} must lead to an output of the network, but no layer that does reads it");

    /// <summary>UNR0058: one input or several.</summary>
    public static readonly DiagnosticDescriptor InputShapeTwice = Error(
        "UNR0058", "Input shape given twice", "Network {0} must have its input shape in [Network(...)] or its inputs as [Input(...)], but has both");

    /// <summary>UNR0059: a value has one name as an output.</summary>
    public static readonly DiagnosticDescriptor OutputTwice = Error(
        "UNR0059", "Output declared twice", "Output {0}: each output must have a name and a layer of its own, but {1}");

    /// <summary>UNR0080: nothing to mark.</summary>
    public static readonly DiagnosticDescriptor OutputWithoutLayer = Error(
        "UNR0080", "Output without a layer", "Output {0}: [Output] must stand below the layer whose value it is, but stands below none");

    /// <summary>UNR0081: blocks have one input and one output, where they are used.</summary>
    public static readonly DiagnosticDescriptor InputInBlock = Error(
        "UNR0081", "Input or output in a block", "A network must declare its inputs and outputs itself, but {0} contains [{1}]");

    /// <summary>UNR0082: parameters of what.</summary>
    public static readonly DiagnosticDescriptor SharedUse = Error(
        "UNR0082", "Shared block not found", "Layer {0}: Shared must name a use of block {1} above it, but {2}");

    /// <summary>UNR0083: one kernel cannot have two shapes.</summary>
    public static readonly DiagnosticDescriptor SharedShapes = Error(
        "UNR0083", "Shapes of a shared parameter differ", "{0} must have one shape wherever it is shared, but has {1} and layer {2} needs {3}");
}
