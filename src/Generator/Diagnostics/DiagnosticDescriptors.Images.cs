using Microsoft.CodeAnalysis;

namespace Unroll.Generator.Diagnostics;

/// <summary>Diagnostics of layers of images and signals.</summary>
internal static partial class DiagnosticDescriptors
{
    /// <summary>UNR0060: an array of another length, or a number too small.</summary>
    public static readonly DiagnosticDescriptor NumbersAnAxis = Error(
        "UNR0060", "Numbers of axes out of range", "Layer {0}: {1} must be {2}, at least {3}, but is {4}");

    /// <summary>UNR0061: zeros before the first step only.</summary>
    public static readonly DiagnosticDescriptor CausalPadding = Error(
        "UNR0061", "Causal padding of no Conv1D", "Layer {0}: Padding must be Valid or Same, but is Causal, which is for Conv1D");

    /// <summary>UNR0062: a window that both leaps and has gaps.</summary>
    public static readonly DiagnosticDescriptor StridesAndDilation = Error(
        "UNR0062", "Strides and dilation at once", "Layer {0}: only one of Strides and Dilation may be above 1, but they are {1} and {2}");

    /// <summary>UNR0063: groups of unequal size.</summary>
    public static readonly DiagnosticDescriptor GroupsDoNotDivide = Error(
        "UNR0063", "Groups do not divide", "Layer {0}: the groups must divide the {1}, {2}, but are {3}");

    /// <summary>UNR0064: an input with fewer or more axes than a signal or an image.</summary>
    public static readonly DiagnosticDescriptor InputIsNoImage = Error(
        "UNR0064", "Input is no image, signal or sequence", "Layer {0}: the input must be {1}, but has {2} axes");

    /// <summary>UNR0065: a window larger than what it moves over.</summary>
    public static readonly DiagnosticDescriptor WindowDoesNotFit = Error(
        "UNR0065", "Window does not fit", "Layer {0}: the window reaches over {1} along axis {2}, which must be at least that long, but is {3}");

    /// <summary>UNR0066: what a transposed convolution adds to its output.</summary>
    public static readonly DiagnosticDescriptor OutputPadding = Error(
        "UNR0066", "Output padding out of range", "Layer {0}: OutputPadding must be below Strides, {1}, but is {2}");

    /// <summary>UNR0067: all of the input is cut off.</summary>
    public static readonly DiagnosticDescriptor NothingIsLeft = Error(
        "UNR0067", "Nothing is left", "Layer {0}: at least one value must be left along every axis, but none is of {1}");

    /// <summary>UNR0069: zeros around an image beyond all memory.</summary>
    public static readonly DiagnosticDescriptor WindowTooLarge = Error(
        "UNR0069", "Window too large", "Layer {0}: the window must reach so far that its input and the zeros around it fit into memory, but reaches over {1}");

    /// <summary>UNR0070: the identity of more than two axes.</summary>
    public static readonly DiagnosticDescriptor InitializerNeedsTwoAxes = Error(
        "UNR0070", "Initializer needs two axes", "Layer {0}: {1} must be an initializer of kernels of more than two axes, but is {2}");

    /// <summary>UNR0079: random amounts that cannot be.</summary>
    public static readonly DiagnosticDescriptor SpanOutOfRange = Error(
        "UNR0079", "Random amount out of range", "Layer {0}: {1} must be a number or the least and the largest of two, {2}, but is {3}");

    /// <summary>UNR0068: axes that the input does not have.</summary>
    public static readonly DiagnosticDescriptor AxesOutOfRange = Error(
        "UNR0068", "Axes out of range", "Layer {0}: {1} must name axes of the input, 1 to {2}, each once, but is {3}");
}
