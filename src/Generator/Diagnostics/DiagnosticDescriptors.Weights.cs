using Microsoft.CodeAnalysis;

namespace Unroll.Generator.Diagnostics;

/// <summary>Diagnostics of weights that go into the assembly.</summary>
internal static partial class DiagnosticDescriptors
{
    /// <summary>UNR0084: a name of no file, or of several.</summary>
    public static readonly DiagnosticDescriptor WeightsNotFound = Error(
        "UNR0084", "Weights not found", "Network {0}: Weights must name one .safetensors file that is there and among the project's AdditionalFiles, but {1}");

    /// <summary>UNR0085: another kind of file.</summary>
    public static readonly DiagnosticDescriptor WeightsUnreadable = Error(
        "UNR0085", "Weights cannot be read", "Network {0}: {1} must be a whole safetensors file, but {2}");

    /// <summary>UNR0086: weights of another network.</summary>
    public static readonly DiagnosticDescriptor WeightsDoNotFit = Error(
        "UNR0086", "Weights of another network", "Network {0}: {1} must hold its parameters and nothing else, but {2}");

    /// <summary>UNR0087: vectors of another network.</summary>
    public static readonly DiagnosticDescriptor VectorsDoNotFit = Error(
        "UNR0087", "Check vectors of another network", "Network {0}: {1} must hold its inputs and outputs for some samples, but {2}");
}
