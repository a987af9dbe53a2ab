namespace Unroll.Benchmarks;

/// <summary>The parts of a run, as <c>--only</c> names them.</summary>
internal static class Section
{
    public const string Dense = "dense";

    public const string Images = "images";

    public const string Sequences = "sequences";

    public const string Epochs = "epochs";

    public const string Kernels = "kernels";

    public const string Features = "features";

    public const string Precision = "precision";

    public const string Steady = "steady";

    public const string Streams = "streams";
}
