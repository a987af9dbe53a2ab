namespace Unroll;

/// <summary>How large one parameter, its gradient and its change were in a step: Euclidean norms, √Σx².</summary>
/// <param name="Parameter">The parameter's name: <c>dense1/kernel</c>.</param>
/// <param name="Weights">Of its values before the update.</param>
/// <param name="Gradient">Of the loss's derivative by it, before any clipping.</param>
/// <param name="Update">Of what the optimizer added to it; constraints come after that.</param>
public readonly record struct UpdateNorms(string Parameter, double Weights, double Gradient, double Update);
