using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>One layer: its arguments, and what the compiler asks of it. Each kind is a file of this folder.</summary>
/// <param name="Position">Unique among the parts of the network and increasing: problems are located by it, random numbers keyed.</param>
/// <param name="Name">Given, or kind and running number.</param>
internal abstract record Layer(int Position, string Name)
{
    /// <summary>What tables call it: its type's name, as Keras writes it.</summary>
    public virtual string Kind => GetType().Name.Substring(0, GetType().Name.Length - nameof(Layer).Length);

    /// <summary>The activation whose value the layer gives; advice on stacks goes by it.</summary>
    public virtual Activation Activation => Activation.Linear;

    /// <summary>Whether it is nothing but that activation.</summary>
    public virtual bool IsActivation => false;

    /// <summary>Which of its parameters are mean and variance of the data that it reads; null where none is.</summary>
    public virtual MeasuredWeights? Measured => null;

    /// <summary>How many ids there are where it reads ids; null where it reads numbers.</summary>
    public virtual int? Ids => null;

    /// <summary>Whether what reads it is applied to every step of what it reads.</summary>
    public virtual bool PartsSteps => false;

    /// <summary>Whether it is what ends a block: it comes behind the block's layers, and has its place before them.</summary>
    public virtual bool EndsBlock => false;

    /// <summary>Whether the same values come out in the same order, under another shape.</summary>
    public virtual bool IsReshape => false;

    /// <summary>Whether it changes which value stands at which position.</summary>
    public virtual bool ChangesPositions => false;

    /// <summary>Whether the steps that are masked in what it reads, or reads first, are masked in its output too.</summary>
    public virtual bool KeepsMask => false;

    /// <summary>Why it cannot run along a stream, one step after another; null where it can.</summary>
    public virtual string? StreamObstacle(IReadOnlyList<Shape> inputs) => KeepsMask ? null : "it needs all steps at once";

    /// <summary>Along a stream, whether its output depends on steps before the present one.</summary>
    public virtual bool LooksBack => false;

    /// <summary>Along a stream, at which of the steps that it is given its output is there anew.</summary>
    public virtual Arrival Arrival => Arrival.EachStep;

    /// <summary>Whether its output depends on the values of its input, not on their shape alone.</summary>
    public virtual bool ReadsValues => true;

    /// <summary>Whether its output has steps where its input has.</summary>
    public virtual bool GivesSteps => true;

    /// <summary>Whether each row of its output is its input.</summary>
    public virtual bool RepeatsInput => false;

    /// <summary>The shape of the output.</summary>
    public abstract Inference Infer(IReadOnlyList<Shape> inputs);

    /// <summary>The parameters, in their public order.</summary>
    public virtual IEnumerable<Weight> Weights(IReadOnlyList<Shape> inputs) => [];

    /// <summary>What it keeps of one sample beside its output, where that may be larger by far.</summary>
    public virtual IEnumerable<Shape> Hidden(IReadOnlyList<Shape> inputs) => [];

    /// <summary>Multiply-adds of one sample's products.</summary>
    public virtual long MultiplyAdds(IReadOnlyList<Shape> inputs, Shape output) => 0;

    /// <summary>Appends the operations of the forward pass.</summary>
    /// <returns>The one whose value is the layer's.</returns>
    public abstract Op Lower(LayerBuilder builder, IReadOnlyList<Op> inputs);

    /// <summary>A problem of the layer as a whole.</summary>
    protected Place At(string? argument = null) => Place.Layer(Position, argument);
}

/// <summary>A layer of one input.</summary>
internal abstract record UnaryLayer(int Position, string Name) : Layer(Position, Name)
{
    public sealed override Inference Infer(IReadOnlyList<Shape> inputs) => Infer(inputs[0]);

    public sealed override IEnumerable<Weight> Weights(IReadOnlyList<Shape> inputs) => Weights(inputs[0]);

    public sealed override long MultiplyAdds(IReadOnlyList<Shape> inputs, Shape output) => MultiplyAdds(inputs[0], output);

    public sealed override Op Lower(LayerBuilder builder, IReadOnlyList<Op> inputs) => Lower(builder, inputs[0]);

    /// <summary>The shape of the output: by default the input's.</summary>
    protected virtual Inference Infer(Shape input) => input;

    protected virtual IEnumerable<Weight> Weights(Shape input) => [];

    protected virtual long MultiplyAdds(Shape input, Shape output) => 0;

    protected abstract Op Lower(LayerBuilder builder, Op x);
}
