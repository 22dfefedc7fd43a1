// A fingerprint in groups of four, so that two can be compared by eye or read out over the telephone.
export function Fingerprint({ value }: { readonly value: string }) {
  const groups = value.match(/.{1,4}/g) ?? [];
  return (
    <p className="sr-fingerprint" data-fingerprint={value}>
      {groups.map((group, index) => (
        <span key={index}>{group}</span>
      ))}
    </p>
  );
}
