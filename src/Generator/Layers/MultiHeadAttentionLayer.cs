using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>
/// softmax(q·kᵀ/√KeyDim)·v by head, the heads joined by a last product; q, k and v are products of what is read as query, key and value.
/// Inputs: the query; then the value and the key where they are others.
/// </summary>
/// <param name="ValueDim">0: as <paramref name="KeyDim"/>.</param>
/// <param name="OutputDim">0: as the query has features.</param>
internal sealed record MultiHeadAttentionLayer(
    int Position,
    string Name,
    int Heads,
    int KeyDim,
    int ValueDim,
    int OutputDim,
    float DropoutRate,
    bool Causal,
    bool UseBias,
    WeightSpec Kernel,
    WeightSpec Bias) : Layer(Position, Name)
{
    // Added to a score, it leaves a share of 0; its sum with any score is finite.
    private const float FarBelow = 1e30f;

    public static readonly LayerKind Description = new("MultiHeadAttention", "multi_head_attention", static arguments => new MultiHeadAttentionLayer(
        arguments.Position,
        arguments.Name,
        arguments.Count("heads"),
        arguments.Count("keyDim"),
        arguments.Rows("ValueDim", fallback: 0),
        arguments.Rows("OutputDim", fallback: 0),
        arguments.DropRate("Dropout"),
        arguments.Bool("Causal", fallback: false),
        arguments.Bool("UseBias", fallback: true),
        ConvolutionArguments.Kernel(arguments, "Kernel"),
        arguments.OptionalWeights("Bias", "UseBias", Initializer.Zeros)))
    { InputArguments = ["Query", "Value", "Key"] };

    public override bool ChangesPositions => true;

    private int ValueWidth => ValueDim == 0 ? KeyDim : ValueDim;

    public override Inference Infer(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Select(input => ImageAxes.Check(this, input, axes: 1)).FirstOrDefault(static problem => problem is not null) is Problem problem)
        {
            return problem;
        }

        Read of = Of(inputs);
        return of.Value[0] == of.Key[0] ? of.Query.WithLast(OutputWidth(of.Query)) : Problem.At(
            At("Key"),
            DiagnosticDescriptors.KeysWithoutValues,
            Name,
            NumberText.Of(of.Value[0]),
            NumberText.Of(of.Key[0]));
    }

    public override IEnumerable<Weight> Weights(IReadOnlyList<Shape> inputs)
    {
        Read of = Of(inputs);
        int output = OutputWidth(of.Query);
        Weight[] kernels =
        [
            Projection("query", of.Query.Last, KeyDim),
            Projection("key", of.Key.Last, KeyDim),
            Projection("value", of.Value.Last, ValueWidth),
            new Weight("attention_output/kernel", Shape.Of(Heads, ValueWidth, output), Kernel, Arrangement: ParameterArrangement.Panels)
            {
                Stored = Shape.Of(Times(Heads, ValueWidth), output),
            },
        ];
        Shape[] biases = [Shape.Of(Heads, KeyDim), Shape.Of(Heads, KeyDim), Shape.Of(Heads, ValueWidth), Shape.Of(output)];
        for (int i = 0; i < kernels.Length; i++)
        {
            yield return kernels[i];
            if (UseBias)
            {
                string part = kernels[i].Part.Substring(0, kernels[i].Part.IndexOf('/'));
                yield return new Weight($"{part}/bias", biases[i], Bias) { Stored = Shape.Of(kernels[i].Stored.Last) };
            }
        }
    }

    public override IEnumerable<Shape> Hidden(IReadOnlyList<Shape> inputs)
    {
        Read of = Of(inputs);
        return
        [
            Shape.Of(of.Query[0], Heads, KeyDim),
            Shape.Of(of.Key[0], Heads, KeyDim),
            Shape.Of(of.Value[0], Heads, ValueWidth),
            Shape.Of(Heads, of.Query[0], of.Key[0]),
            Shape.Of(of.Query[0], Heads, ValueWidth),
        ];
    }

    public override long MultiplyAdds(IReadOnlyList<Shape> inputs, Shape output)
    {
        Read of = Of(inputs);
        long keys = (long)Heads * KeyDim;
        long values = (long)Heads * ValueWidth;
        return (of.Query.Size * keys) + (of.Key.Size * keys) + (of.Value.Size * values)
            + ((long)of.Query[0] * of.Key[0] * (keys + values)) + (output.Size * values);
    }

    public override Op Lower(LayerBuilder builder, IReadOnlyList<Op> inputs)
    {
        Op query = inputs[0];
        Op value = inputs.Count > 1 ? inputs[1] : query;
        Op key = inputs.Count > 2 ? inputs[2] : value;
        Op q = Project(builder, query, "query", KeyDim, scale: (float)(1 / Math.Sqrt(KeyDim)));
        Op k = Project(builder, key, "key", KeyDim);
        Op v = Project(builder, value, "value", ValueWidth);
        Op scores = builder.Contract(Contraction.Heads(q.Shape, k.Shape[0]), "Scores", q, k);
        Op? keys = KeyMask(builder, inputs.Count);
        if (keys is not null)
        {
            Op farBelow = builder.Step(new Rescale(FarBelow, -FarBelow), "KeyMask", keys);
            scores = builder.Step(new AddValue(), "Scores", scores, builder.Add(new BroadcastOp(), scores.Shape, "KeyMasks", farBelow));
        }

        Op shares = builder.Add(Causal ? new CausalSoftmaxOp() : new SoftmaxOp(), scores.Shape, "Shares", scores);
        shares = keys is null ? shares : Masked(builder, shares, keys, "Keys");
        if (builder.MaskOf(0) is Op queries)
        {
            builder.SetMask(queries);
            shares = Masked(builder, shares, builder.Add(new ReshapeOp(), Shape.Of(q.Shape[0], 1), "QueryMask", queries), "Queries");
        }

        if (DropoutRate > 0f)
        {
            shares = builder.Step(new DropoutStep(DropoutRate, Position), "Dropout", shares);
        }

        var shape = Shape.Of(q.Shape[0], Heads, ValueWidth);
        Op mixed = builder.Add(new ContractOp(Contraction.Heads(shape, v.Shape[0]), Result: 0), shape, "Mix", v, shares);
        Op joined = builder.Add(new ReshapeOp(), Shape.Of(q.Shape[0], Heads * ValueWidth), "Join", mixed);
        return Product(builder, joined, "attention_output", "Output", builder.Output.Last);
    }

    // A step that is masked as key or as value is none to attend to.
    private static Op? KeyMask(LayerBuilder builder, int inputs)
    {
        Op? value = builder.MaskOf(inputs > 1 ? 1 : 0);
        Op? key = inputs > 2 ? builder.MaskOf(2) : value;
        return value is null || key is null || value == key ? value ?? key : builder.Step(new MultiplyValue(), "KeyMask", value, key);
    }

    // Where nothing is left to attend to, all shares are 0.
    private static Op Masked(LayerBuilder builder, Op shares, Op mask, string role) => builder.Step(
        new MultiplyValue(), role + "Shares", shares, builder.Add(new BroadcastOp(), shares.Shape, role + "ShareMasks", mask));

    private Op Project(LayerBuilder builder, Op x, string part, int width, float scale = 1f)
    {
        string role = char.ToUpperInvariant(part[0]) + part.Substring(1);
        Op y = Product(builder, x, part, role, Heads * width);
        y = scale == 1f ? y : builder.Step(new Rescale(scale, 0f), role, y);
        return builder.Add(new ReshapeOp(), Shape.Of(x.Shape[0], Heads, width), role + "Heads", y);
    }

    private Op Product(LayerBuilder builder, Op x, string part, string role, int units)
    {
        Op y = builder.Contract(Contraction.Product(x.Shape, units), role, x, builder.Weight($"{part}/kernel"));
        return UseBias ? builder.Step(new AddBias(), role, y, builder.Weight($"{part}/bias")) : y;
    }

    private Weight Projection(string part, int features, int width) =>
        new($"{part}/kernel", Shape.Of(features, Heads, width), Kernel, Arrangement: ParameterArrangement.Panels)
        {
            Stored = Shape.Of(features, Times(Heads, width)),
        };

    private int OutputWidth(Shape query) => OutputDim == 0 ? query.Last : OutputDim;

    private static int Times(int heads, int width) => DepthwiseLayer.Times(heads, width);

    private static Read Of(IReadOnlyList<Shape> inputs)
    {
        Shape value = inputs.Count > 1 ? inputs[1] : inputs[0];
        return new Read(inputs[0], value, inputs.Count > 2 ? inputs[2] : value);
    }

    private readonly record struct Read(Shape Query, Shape Value, Shape Key);
}
