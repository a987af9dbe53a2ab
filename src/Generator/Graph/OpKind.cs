using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>What an operation computes. Each kind's operands are listed in the order of <see cref="Op.Inputs"/>.</summary>
internal abstract record OpKind
{
    /// <summary>What a printed graph says besides the kind's name: its arguments; null for one that is as it mostly is.</summary>
    public virtual IEnumerable<string?> Details => [];

    /// <summary>Whether the operation sums over the samples of the batch: its inputs must be complete for all of them.</summary>
    public virtual bool SumsOverBatch => false;

    /// <summary>Whether a value of the step can come of values of samples, as the sum over them.</summary>
    public virtual bool MaySumOverBatch => SumsOverBatch;

    /// <summary>Whether a sum over the batch can go on from that of the samples before, so that not all need be there at once.</summary>
    public virtual bool Folds => false;

    /// <summary>Whether the operation runs for what it does, not for a value somebody reads, and how.</summary>
    public virtual Effect Effect => Effect.None;

    /// <summary>Whether the operation changes what the network remembers, once the step is known to be sound.</summary>
    public bool Commits => Effect == Effect.Commit;

    /// <summary>Whether the operation needs to know one sample's share in a mean over the batch.</summary>
    public virtual bool NeedsShare => false;

    /// <summary>Whether the operation draws random numbers, and is left out of inference.</summary>
    public virtual bool IsNoise => false;

    /// <summary>Whether the value is given to the network.</summary>
    public virtual bool IsInput => false;

    /// <summary>Whether the value is that of the operand, laid out otherwise.</summary>
    public virtual bool IsCopy => false;

    /// <summary>Whether an operand may be packed as the caller's rows are: vectors one after another, without padding between them.</summary>
    public virtual bool ReadsPacked(int operand) => false;

    /// <summary>Whether the value of a packed operand is packed itself: it shows or moves the same elements.</summary>
    public virtual bool StaysPacked => false;

    /// <summary>How the elements of the value lie, given how those of the first operand do.</summary>
    public virtual Arrangement ArrangementOf(Arrangement first) => Arrangement.Vectors;

    /// <summary>Whether the value has samples as lanes (<see cref="SampleLanes"/>).</summary>
    public bool IsInLanes => ArrangementOf(Arrangement.Vectors) == Arrangement.Lanes;

    /// <summary>Whether the value lasts from call to call, each of which continues it.</summary>
    public virtual bool IsLasting => false;

    /// <summary>The activation that this is, where a loss may take its input in place of its value; null where it is none.</summary>
    public virtual Activation? AsHead => null;

    /// <summary>Whether the way back begins here.</summary>
    public virtual bool BeginsGradient => false;

    /// <summary>Places in memory that the operation has beside that of its value.</summary>
    public virtual IEnumerable<OpMemory> Memory => [];

    /// <summary>
    /// Whether a sample can have another number of values than of operands: <see cref="Accepts"/> is then given their numbers as a first axis.
    /// </summary>
    public virtual bool Regroups => false;

    /// <summary>Whether a result of this shape can come of operands of these; those of elementwise steps are left out.</summary>
    public abstract bool Accepts(Shape result, IReadOnlyList<Shape> operands);

    /// <summary>The multiply-adds of a value of the result, padding between parts included; where it is a sum over the batch, of a value of the first operand.</summary>
    public virtual long MultiplyAdds(OpGraph graph, Op op) => 0;

    /// <summary>What the result's elements are, given what those of the first operand are: the same where the operation only moves them.</summary>
    public virtual ElementType ElementOf(ElementType first) => ElementType.Float;

    /// <summary>Whether an operand must be of whole numbers.</summary>
    public virtual bool ReadsIds(int operand) => false;

    /// <summary>Adds to the graph what the operands receive, given the gradient of the result.</summary>
    public virtual void Differentiate(GradientTape tape, Op op, Op dy) =>
        throw new InvalidOperationException($"no gradient rule for {GetType().Name}");

    /// <summary>The same for an operation whose values others give: it asks them for their gradients.</summary>
    public virtual void DifferentiateValues(GradientTape tape, Op op)
    {
    }

    /// <summary>What an operand receives of an operation whose result nobody reads, once it has what all others give.</summary>
    public virtual void DifferentiateEffect(GradientTape tape, Op op)
    {
    }
}

/// <summary>How the elements of a value lie.</summary>
internal enum Arrangement
{
    /// <summary>Vectors of the last axis one after another.</summary>
    Vectors,

    /// <summary>A matrix in panels of columns, as products read kernels.</summary>
    Panels,

    /// <summary>Units one after another, of each the samples of a group (<see cref="SampleLanes"/>).</summary>
    Lanes,
}

/// <summary>A place in memory that is no operation's value.</summary>
/// <param name="Id">Unique among these and the operations of a graph.</param>
/// <param name="Name">What it holds.</param>
internal sealed record OpMemory(int Id, string Name);

/// <summary>An operation over whose result elementwise steps can run before it is stored.</summary>
internal abstract record FusableOp(EquatableArray<ElementwiseStep> Steps) : OpKind
{
    public override IEnumerable<string?> Details => Steps.Select(static step => $"then {step.Text}");

    /// <summary>The operands of the operation itself; those of the steps follow.</summary>
    public abstract int OwnInputs { get; }
}
