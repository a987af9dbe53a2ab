namespace Unroll;

/// <summary>Marks a class as a block: the layer attributes that follow, in source order, are what networks and other blocks insert by
/// <see cref="UseAttribute{TBlock}"/>, <see cref="ResidualAttribute{TBlock}"/> and <see cref="TimeDistributedAttribute{TBlock}"/>.</summary>
/// <remarks>
/// A block has no input shape, parameters or code of its own: every use compiles its layers anew, for the shape it finds, with parameters of
/// its own. Blocks may use blocks, though not themselves, and may stand in another assembly.
/// </remarks>
/// <example>
/// <code>
/// [Block]
/// [Dense(64, Activation.Relu)]
/// [BatchNormalization]
/// public partial class Body;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BlockAttribute : Attribute;
