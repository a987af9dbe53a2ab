namespace Unroll.Generator.Model;

/// <summary>What a layer says about one of its trained parameters: how it starts, what it costs, what it is brought back to.</summary>
internal sealed record WeightSpec(InitializerSpec Initializer, Penalty Penalty, ConstraintSpec Constraint)
{
    /// <summary>A parameter of which only the start is said.</summary>
    public static implicit operator WeightSpec(InitializerSpec initializer) => new(initializer, Penalty.None, ConstraintSpec.None);

    /// <inheritdoc cref="op_Implicit(InitializerSpec)"/>
    public static implicit operator WeightSpec(Initializer initializer) => (InitializerSpec)initializer;
}
