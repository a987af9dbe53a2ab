using Microsoft.CodeAnalysis;

namespace Unroll.Generator.Diagnostics;

/// <summary>Diagnostics of single kinds of layers, and of blocks.</summary>
internal static partial class DiagnosticDescriptors
{
    /// <summary>UNR0034: a number outside what its formula allows.</summary>
    public static readonly DiagnosticDescriptor NumberOutOfRange = Error(
        "UNR0034", "Number out of range", "Layer {0}: {1} must be {2}, but is {3}");

    /// <summary>UNR0035: what is counted is there at least once.</summary>
    public static readonly DiagnosticDescriptor CountOutOfRange = Error(
        "UNR0035", "Count out of range", "Layer {0}: {1} must be at least 1, but is {2}");

    /// <summary>UNR0036: an argument for something that is not chosen.</summary>
    public static readonly DiagnosticDescriptor ArgumentWithoutEffect = Error(
        "UNR0036", "Argument without effect", "Layer {0}: {1} must be left out unless {2} is {3}, but {2} is {4}");

    /// <summary>UNR0037: sizes no shape can have.</summary>
    public static readonly DiagnosticDescriptor ReshapeSizes = Error(
        "UNR0037",
        "Sizes of a new shape out of range",
        "Layer {0}: the new shape must be one or more sizes of at least 1, one of which may be -1 instead, but is {1}");

    /// <summary>UNR0038: a new shape of more or fewer values.</summary>
    public static readonly DiagnosticDescriptor ReshapeDoesNotFit = Error(
        "UNR0038", "New shape does not fit", "Layer {0}: the new shape must hold the {1} values of its input, but {2} holds {3}");

    /// <summary>UNR0039: an axis twice, or none.</summary>
    public static readonly DiagnosticDescriptor NoPermutation = Error(
        "UNR0039",
        "No permutation of the axes",
        "Layer {0}: dims must name each axis of its input once, counted from 1 to {1}, but is {2}");

    /// <summary>UNR0040: only a vector can be repeated.</summary>
    public static readonly DiagnosticDescriptor RepeatVectorNeedsOneAxis = Error(
        "UNR0040", "Repeated input is no vector", "Layer {0}: the input must have one axis, but has {1}");

    /// <summary>UNR0051: rows are added to a sequence.</summary>
    public static readonly DiagnosticDescriptor PaddingNeedsTwoAxes = Error(
        "UNR0051", "Padded input is no sequence", "Layer {0}: the input must have two axes, steps and features, but has {1}");

    /// <summary>UNR0041: the type argument is no block.</summary>
    public static readonly DiagnosticDescriptor NotABlock = Error(
        "UNR0041", "Used class is no block", "Layer {0}: the class used must carry [Block], but {1} does not");

    /// <summary>UNR0042: a network has an input shape and code of its own; a block has neither.</summary>
    public static readonly DiagnosticDescriptor NetworkIsBlock = Error(
        "UNR0042", "Network is a block", "{0}: a class must be a network or a block, but {1} carries both [Network] and [Block]");

    /// <summary>UNR0043: layers without end.</summary>
    public static readonly DiagnosticDescriptor BlockCycle = Error(
        "UNR0043", "Block contains itself", "Layer {0}: a block must not contain itself, but {1}");

    /// <summary>UNR0044: blocks of blocks multiply.</summary>
    public static readonly DiagnosticDescriptor TooManyLayers = Error(
        "UNR0044", "Too many layers", "Network {0} must have at most {1} layers, those of its blocks counted at every use, but has more");

    /// <summary>UNR0045: only equal shapes can be added.</summary>
    public static readonly DiagnosticDescriptor ResidualShapes = Error(
        "UNR0045",
        "Shapes of a residual connection differ",
        "Layer {0}: the block's output must have the shape of its input, to be added to it, but has {1}");

    /// <summary>UNR0046: rows and columns are what it is about.</summary>
    public static readonly DiagnosticDescriptor InitializerNeedsMatrix = Error(
        "UNR0046",
        "Initializer needs a matrix",
        "Layer {0}: {1} must be an initializer of single values, but is {2}, which fills kernels only");
}
