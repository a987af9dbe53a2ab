namespace Unroll.Benchmarks.Against;

/// <summary>How a network is made, and its ends.</summary>
/// <param name="Sizes">Values of a sample, units of each layer.</param>
/// <param name="Create">Makes a model of the network.</param>
internal sealed record ShapedModel(string Sizes, Func<Model> Create)
{
    /// <summary>Eight that one program may well hold.</summary>
    public static readonly ShapedModel[] Small =
    [
        new("4-16-3", static () => new Network4To3()),
        new("6-24-24-2", static () => new Network6To2()),
        new("13-64-64-1", static () => new Network13To1()),
        new("30-100-50-1", static () => new Network30To1()),
        new("5-20-3", static () => new Network5To3()),
        new("8-16-8-4", static () => new Network8To4()),
        new("10-32-2", static () => new Network10To2()),
        new("16-24-1", static () => new Network16To1()),
    ];

    private static readonly ShapedModel[] s_large =
    [
        new("784-128-10", static () => new Network784To128()),
        new("784-512-512-10", static () => new Network784To512()),
        new("1024-1024-1024", static () => new Network1024To1024()),
    ];

    public int Inputs => int.Parse(Sizes.AsSpan(0, Sizes.IndexOf('-')));

    public int Outputs => int.Parse(Sizes.AsSpan(Sizes.LastIndexOf('-') + 1));

    /// <summary>The network of these sizes; null where there is none.</summary>
    public static ShapedModel? Of(string sizes) => Small.Concat(s_large).FirstOrDefault(shaped => shaped.Sizes == sizes);

    /// <summary>So many numbers from 0 to 1, the same at every run.</summary>
    public static float[] Values(int count)
    {
        var random = new Random(1);
        float[] values = new float[count];
        foreach (ref float value in values.AsSpan())
        {
            value = random.NextSingle();
        }

        return values;
    }

    /// <summary>A data set of so many samples.</summary>
    public Dataset Data(int samples) => new(Values(samples * Inputs), Values(samples * Outputs), samples);
}
