namespace Unroll;

/// <summary>What stands on the declaration of a network or block and is read in source order: layers, inputs and outputs.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, AllowMultiple = true, Inherited = false)]
public abstract class NetworkPartAttribute : Attribute
{
    // The generator compiles the parts it knows, so one of the user's own could only be refused.
    private protected NetworkPartAttribute()
    {
    }
}
