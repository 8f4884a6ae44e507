// Numbers for modules in their order: the default takes them from where the checkout lies, and no two bundles would be equal.
module.exports = { optimization: { moduleIds: 'natural' } };
