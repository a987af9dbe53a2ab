using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>
/// Sums over a batch of which only some samples are there at a time: each call goes on from what the one before has stored, and the last one
/// runs the steps behind the sum.
/// </summary>
internal static class Fold
{
    /// <summary>Whether there were samples before these.</summary>
    public const string GoesOn = "goesOn";

    /// <summary>Whether these are the last.</summary>
    public const string Ends = "ends";

    public static IEnumerable<KernelParameter> Parameters(EquatableArray<ElementwiseStep> steps)
    {
        yield return new KernelParameter("bool", GoesOn);
        if (steps.Count > 0)
        {
            yield return new KernelParameter("bool", Ends);
        }
    }

    /// <summary>Writes how sums are stored: finished where they are whole, plain where more samples follow.</summary>
    public static void WriteEnd(CodeWriter writer, EquatableArray<ElementwiseStep> steps, Action writeFinished, Action writePlain)
    {
        if (steps.Count == 0)
        {
            writePlain();
            return;
        }

        using (writer.Block($"if ({Ends})"))
        {
            writeFinished();
        }

        using (writer.Block("else"))
        {
            writePlain();
        }
    }
}
